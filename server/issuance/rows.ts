/** Rows and a template become credentials, one after the other, and every fault in them is named. Nothing is written. */

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
import type { Table } from '../rows/read.ts'
import { withRandomIds } from './credential-ids.ts'
import { watchEarlier } from './earlier.ts'
import { watchLearners } from './learners.ts'
import type { IssuingParts } from './parts.ts'
import { STEP } from './steps.ts'
import type { IntakeRequest, Learner, RowWarning } from './types.ts'

export type ReadingParts = Pick<
  IssuingParts,
  'store' | 'vaultAt' | 'masterVersion' | 'home' | 'issuer' | 'now'
>

export type LearnerRow = {
  readonly row: number
  /** By the template's column. */
  readonly cells: ReadonlyMap<string, string>
  readonly learner: Learner
  /** Of the learner with the achievement, under the master key of now. */
  readonly achievementTags: readonly bigint[]
}

export type CredentialRow = LearnerRow & { readonly credential: Credential }

export type Reading<Row> = {
  readonly columns: readonly string[]
  /** Rows without a fault, in the order of the file; to its end, also once there is one. */
  readonly rows: AsyncIterable<Row>
  /** Complete once `rows` is read to its end, and every row was refused that is to be. */
  readonly problems: ProblemList
  /** Names what the template finds wrong with a row. */
  readonly refuse: (row: number, faults: readonly RowError[]) => void
  /** Rows read so far, those with a fault too. */
  count(): number
  /** Complete once `rows` is read to its end. */
  warnings(): RowWarning[]
}

/** Rows, what the template finds in their cells apart. Throws `RowsError` where the header is not what it needs. */
export async function readRows(
  parts: Pick<IssuingParts, 'store' | 'vaultAt' | 'masterVersion' | 'issuer'>,
  template: Template,
  request: IntakeRequest,
  mostProblems?: number,
): Promise<Reading<LearnerRow>> {
  const { format, mapping } = request
  const options = { format, mapping, mostProblems }
  const table = await openTable(request.rows, columnsOf(template), options)
  const watch = watchLearners(table, request.allowDuplicates === true)
  const earlier = watchEarlier(parts, template)
  const rows = async function* (): AsyncGenerator<LearnerRow> {
    for await (const { row, cells } of table.rows) {
      const learner = learnerOf(template, cells)
      const identities = identitiesOf(template, cells)
      watch.see({ row, name: learner.name, identities })
      const achievementTags = await earlier.see(row, learner)
      // Whoever shares the thread gets its turn, whatever the reader of the file does.
      if (table.count() % STEP === 0) await otherWork()
      yield { row, cells, learner, achievementTags }
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
    refuse: (row, faults) => {
      for (const fault of faults) table.problems.add(problemOf(row, fault, table))
    },
    count: () => table.count(),
    warnings: () => [...watch.warnings(), ...earlier.warnings(), ...warningsOf(table)],
  }
}

/** The same with the credential of each row. */
export async function readCredentials(
  parts: ReadingParts,
  template: Template,
  request: IntakeRequest,
  mostProblems?: number,
): Promise<Reading<CredentialRow>> {
  const reading = await readRows(parts, template, request, mostProblems)
  const rows = async function* (): AsyncGenerator<CredentialRow> {
    for await (const row of reading.rows) {
      const issuer = { chainId: parts.home.chainId, address: parts.issuer }
      const ids = withRandomIds({ issuer, issuedAt: issuedAt(parts) })
      const made = credentialOf(template, row.cells, ids)
      if ('credential' in made) yield { ...row, credential: made.credential }
      else reading.refuse(row.row, made.rowErrors)
    }
  }
  return { ...reading, rows: rows() }
}

/** The second that it is, RFC 3339. */
export function issuedAt({ now }: Pick<IssuingParts, 'now'>): string {
  return printInstant(instantOfSeconds(Math.floor(now() / 1000)))
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
