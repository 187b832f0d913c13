import {
  FAILURE_CODES,
  FORMAT_CODES,
  LEVELS,
  NOTE_CODES,
  REASON_CODES,
  UNDETERMINED_CODES,
} from '../src/primitives/codes.ts'
import { catalogueOf } from '../src/texts.ts'

const MARK = /(<!-- generated: codes -->\n)[\s\S]*(<!-- end generated -->)/

/** SPEC's section 12 from the closed lists and the catalogue: `spec` with the part between its marks written anew. */
export function withCodes(spec: string): string {
  const words = catalogueOf('en')
  const tables = [
    table('Format (also `integrity: failed`)', FORMAT_CODES, words.format),
    table('Failed', FAILURE_CODES, words.failures),
    table('Undetermined', UNDETERMINED_CODES, words.undetermined),
    table('Notes', NOTE_CODES, words.notes),
    table('Levels', LEVELS, words.levels),
    table('Reasons (numbers from 0 in the contract)', REASON_CODES, words.reasons),
  ]
  return spec.replace(
    MARK,
    (_, before: string, after: string) => before + tables.join('\n') + after,
  )
}

function table<Code extends string>(
  title: string,
  codes: readonly Code[],
  words: Readonly<Record<Code, string>>,
): string {
  const rows = codes.map((code) => `| \`${code}\` | ${words[code]} |`)
  return [`\n**${title}**\n`, '| code | meaning |', '|---|---|', ...rows, ''].join('\n')
}
