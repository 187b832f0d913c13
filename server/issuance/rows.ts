/** Rows and a template become credentials, one after the other, and every fault in them is named. Nothing is written. */

import { randomUUID } from 'node:crypto'
import { setImmediate as otherWork } from 'node:timers/promises'
import {
  columnsOf,
  credentialOf,
  identitiesOf,
  instantOfSeconds,
  learnerOf,
  printInstant,
} from '../../src/index.ts'
import type { Credential, RowError, Template } from '../../src/index.ts'
import { fatal } from '../rows/problems.ts'
import type { ProblemList, RowProblem } from '../rows/problems.ts'
import { openTable } from '../rows/read.ts'
import type { NamedRow, Table } from '../rows/read.ts'
import { watchEarlier } from './earlier.ts'
import { watchLearners } from './learners.ts'
import { STEP } from './parts.ts'
import type { IssuingParts } from './parts.ts'
import type { IntakeRequest, Learner, RowWarning } from './types.ts'

export type ReadingParts = Pick<
  IssuingParts,
  'store' | 'vaultAt' | 'masterVersion' | 'home' | 'issuer' | 'now'
>

export type CredentialRow = {
  readonly row: number
  readonly credential: Credential
  readonly learner: Learner
  /** Of the learner with the achievement, under the master key of now. */
  readonly achievementTags: readonly bigint[]
}

export type Reading = {
  readonly columns: readonly string[]
  /** Rows without a fault, in the order of the file; to its end, also once there is one. */
  readonly rows: AsyncIterable<CredentialRow>
  /** Complete once `rows` is read to its end. */
  readonly problems: ProblemList
  /** Rows read so far, those with a fault too. */
  count(): number
  /** Complete likewise. */
  warnings(): RowWarning[]
}

/** Throws `RowsError` where the header is not what the template needs. */
export async function readCredentials(
  parts: ReadingParts,
  template: Template,
  request: IntakeRequest,
  mostProblems?: number,
): Promise<Reading> {
  const { format, mapping } = request
  const options = { format, mapping, mostProblems }
  const table = await openTable(request.rows, columnsOf(template), options)
  const watch = watchLearners(table, request.allowDuplicates === true)
  const earlier = watchEarlier(parts, template)
  const rows = async function* (): AsyncGenerator<CredentialRow> {
    for await (const row of table.rows) {
      const learner = learnerOf(template, row.cells)
      const identities = identitiesOf(template, row.cells)
      watch.see({ row: row.row, name: learner.name, identities })
      const achievementTags = await earlier.see(row.row, learner)
      // Whoever shares the thread gets its turn, whatever the reader of the file does.
      if (table.count() % STEP === 0) await otherWork()
      const credential = readCredential(parts, template, row, table)
      if (credential !== undefined) yield { row: row.row, credential, learner, achievementTags }
    }
    if (table.count() === 0)
      table.problems.end(fatal('no-rows', 'the file has a header and no rows'))
    watch.end()
    await earlier.end()
  }
  return {
    columns: table.columns,
    rows: rows(),
    problems: table.problems,
    count: () => table.count(),
    warnings: () => [...watch.warnings(), ...earlier.warnings(), ...warningsOf(table)],
  }
}

function readCredential(
  parts: ReadingParts,
  template: Template,
  { row, cells }: NamedRow,
  table: Table,
): Credential | undefined {
  const made = credentialOf(template, cells, {
    credentialId: `urn:uuid:${randomUUID()}`,
    subjectId: `urn:uuid:${randomUUID()}`,
    issuer: { chainId: parts.home.chainId, address: parts.issuer },
    issuedAt: printInstant(instantOfSeconds(Math.floor(parts.now() / 1000))),
  })
  if ('credential' in made) return made.credential
  for (const error of made.rowErrors) table.problems.add(problemOf(row, error, table))
  return undefined
}

function problemOf(row: number, error: RowError, table: Table): RowProblem {
  const { claim, code } = error
  const column = error.column === undefined ? undefined : table.inFile(error.column)
  const where = column === undefined ? claim : `column ${column}`
  const message = `row ${row}, ${where}: ${code}`
  const problem = { code: 'bad-value', reason: code, row, message } as const
  return column === undefined ? problem : { ...problem, column }
}

function warningsOf({ normalised, ignored, invisible }: Table): RowWarning[] {
  const warnings: RowWarning[] = ignored.map((column) => ({
    code: 'column-ignored',
    rows: [],
    column,
    message: `column ${column} is in the file and not in the template: it is not issued`,
  }))
  for (const [column, rows] of invisible) {
    const message = `column ${column}: invisible characters in rows ${rows.join(', ')}`
    warnings.push({ code: 'invisible-characters', rows, column, message })
  }
  if (normalised.length > 0) {
    const message = `cells were trimmed or brought to NFC in ${normalised.length} row(s)`
    warnings.push({ code: 'cells-normalised', rows: normalised, message })
  }
  return warnings
}
