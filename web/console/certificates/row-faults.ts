/** What is wrong with a corrected row, by column: as the library finds it, or as the server said. */
import { CELL_TEXTS, credentialOf, parseAccount } from '../../../src/index.ts'
import type { Language, RowError, Template } from '../../../src/index.ts'
import type { Problem } from '../problem.ts'

export type Faults = ReadonlyMap<string, string>

/** @param account CAIP-10 of the issuer; who it is decides no fault */
export function faultsOf(
  template: Template,
  row: ReadonlyMap<string, string>,
  { account, language }: { readonly account: string; readonly language: Language },
): Faults {
  const id = `urn:uuid:${crypto.randomUUID()}`
  const read = credentialOf(template, row, {
    credentialId: id,
    subjectId: id,
    issuer: parseAccount(account, 'account'),
    issuedAt: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  })
  const errors: readonly RowError[] = 'rowErrors' in read ? read.rowErrors : []
  return new Map(errors.map(({ column = '', code }) => [column, CELL_TEXTS[code][language]]))
}

/** The server reads the row once more, and names what it would not take. */
export function faultsTold({ rows }: Problem, language: Language): Faults {
  const texts: Readonly<Record<string, Readonly<Record<Language, string>>>> = CELL_TEXTS
  return new Map(
    rows.map(({ column = '', reason = '', code }) => [column, texts[reason]?.[language] ?? code]),
  )
}
