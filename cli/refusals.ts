/** Errors of the issuing service as failures with words. */

import { CELL_TEXTS, ELEMENT_TEXTS } from '../src/index.ts'
import type { Language } from '../src/index.ts'
import type {
  BlockError,
  ConfigError,
  IssuingError,
  KeystoreError,
  RowProblem,
  RowsError,
} from '../server/context.ts'
import { EXIT, Failure, usage } from './failure.ts'
import { issuerWordsOf } from './issuer-texts.ts'
import { printable } from './printable.ts'

/** The classes of the service's errors; they come with the service, which is loaded only where it is used. */
export type ErrorClasses = {
  readonly BlockError: typeof BlockError
  readonly ConfigError: typeof ConfigError
  readonly IssuingError: typeof IssuingError
  readonly KeystoreError: typeof KeystoreError
  readonly RowsError: typeof RowsError
}

/** The failure that an error of the service is; any other error stays what it is. */
export function refusalOf(
  error: unknown,
  classes: ErrorClasses,
  language: Language,
  folder: string,
): unknown {
  const words = issuerWordsOf(language)
  if (error instanceof classes.RowsError) return rowsRefused(error, language)
  if (error instanceof classes.IssuingError) return issuingRefused(error, language)
  if (error instanceof classes.KeystoreError) {
    const { code, file } = error
    const where = file === '' ? '' : `${printable(file)}: `
    return new Failure(EXIT.refused, code, `${where}${words.keystore[code]} [${code}]`, { file })
  }
  if (error instanceof classes.BlockError) {
    return new Failure(EXIT.refused, `block-${error.code}`, printable(error.message))
  }
  if (error instanceof classes.ConfigError) return configRefused(error, language, folder)
  return damageOf(error, language, folder)
}

/** What the system says of a file, or SQLite of its own: the folder is damaged, and the program is not. */
function damageOf(error: unknown, language: Language, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isOfFiles =
    /^(ENOENT|EISDIR|ENOTDIR|EEXIST|EACCES|EPERM|EROFS|ENOSPC|ERR_SQLITE_ERROR)$/.test(code)
  if (!isOfFiles || !(error instanceof Error)) return error
  const text = issuerWordsOf(language).damagedFolder(printable(folder))
  const message = `${text} [damaged-folder]\n  ${printable(error.message)}`
  return new Failure(EXIT.refused, 'damaged-folder', message)
}

function configRefused(error: ConfigError, language: Language, folder: string): Failure {
  const words = issuerWordsOf(language)
  switch (error.code) {
    case 'missing':
      return usage('no-data-folder', words.noFolder(printable(folder)))
    case 'exists':
      return new Failure(
        EXIT.refused,
        'data-folder-exists',
        `${words.folderExists(printable(folder))}\n  ${printable(error.message)}`,
      )
    case 'development':
      return new Failure(
        EXIT.refused,
        'development-settings',
        `${words.development}\n  ${printable(error.message)}`,
        { field: error.member },
      )
    case 'invalid':
      return new Failure(
        EXIT.refused,
        'bad-config',
        `${words.badConfig(printable(error.member))}\n  ${printable(error.message)}`,
        { field: error.member },
      )
  }
}

function issuingRefused({ code, message, lint }: IssuingError, language: Language): Failure {
  const text = `${issuerWordsOf(language).issuing[code]} [${code}]`
  if (lint === undefined) {
    return new Failure(EXIT.refused, code, `${text}\n  ${printable(message)}`)
  }
  const missing = lint.mandatory.filter(({ present }) => !present)
  const lines = missing.map((one) => `  ${one.place}: ${ELEMENT_TEXTS[one.code][language]}`)
  return new Failure(EXIT.refused, code, [text, ...lines].join('\n'), { missing })
}

/** Every problem on a line of its own, with row and column. */
function rowsRefused({ problems, more }: RowsError, language: Language): Failure {
  const words = issuerWordsOf(language).issue
  const lines = problems.map((problem) => `  ${problemText(problem, language)}`)
  if (more > 0) lines.push(`  ${words.andMore(more)}`)
  const code = 'bad-rows'
  return new Failure(EXIT.refused, code, [words.nothingIssued, ...lines].join('\n'), {
    problems,
    more,
  })
}

function problemText(problem: RowProblem, language: Language): string {
  const { rows, issue } = issuerWordsOf(language)
  const { code, row, column, reason, first } = problem
  const places = [
    row === 0 ? issue.allRows : issue.row(row),
    ...(column === undefined ? [] : [issue.column(printable(column))]),
  ]
  const cells: Readonly<Record<string, (typeof CELL_TEXTS)['empty-cell']>> = CELL_TEXTS
  const text = cells[reason ?? '']?.[language] ?? rows[code]
  const twin = first === undefined ? '' : `, ${issue.alreadyIn(first)}`
  return `${places.join(', ')}: ${text}${twin} [${reason ?? code}]`
}
