/** Where a command speaks: its result to stdout, everything else to stderr, in one language. */

import { styleText } from 'node:util'
import { LANGUAGES } from '../src/index.ts'
import type { Language } from '../src/index.ts'
import { printableJson } from './printable.ts'
import { wordsOf } from './texts.ts'
import type { Words } from './texts/words.ts'

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow'

export type Terminal = {
  readonly language: Language
  readonly words: Words
  /** The result is one JSON value, for machines. */
  readonly json: boolean
  /** A line of the result, for people. */
  readonly say: (line: string) => void
  /** The result for machines. */
  readonly answer: (value: unknown) => void
  /** A line beside the result: progress, warnings, errors. */
  readonly note: (line: string) => void
  /** With a style where stdout shows styles (`NO_COLOR` is heeded), as it is elsewhere. */
  readonly paint: (style: Style, text: string) => string
}

/** `--json` and `--lang` are looked for before anything is parsed: errors in the call are told in their way too. */
export function terminalOf(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Terminal {
  const language = languageOf(args, environment)
  return {
    language,
    words: wordsOf(language),
    json: args.includes('--json'),
    say: (line) => {
      console.log(line)
    },
    answer: (value) => {
      console.log(printableJson(value))
    },
    note: (line) => {
      console.error(line)
    },
    paint: (style, text) => styleText(style, text, { stream: process.stdout }),
  }
}

/** `--lang`, else what the locale says, else English. */
function languageOf(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const at = args.findIndex((one) => one === '--lang' || one.startsWith('--lang='))
  const asked = args[at]?.split('=')[1] ?? (at < 0 ? undefined : args[at + 1])
  const locales = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']]
  // POSIX: an empty variable is as good as none.
  const locale = locales.find((one) => one !== undefined && one !== '')
  const wanted = asked ?? locale?.slice(0, 2).toLowerCase()
  return LANGUAGES.find((language) => language === wanted) ?? 'en'
}
