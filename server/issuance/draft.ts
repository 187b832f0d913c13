/** Rows and a template become a draft: every credential parsed and committed to, nothing issued, every fault named. */

import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  bytesOfHex,
  canonicalBytes,
  canonicalText,
  claimDigest,
  columnsOf,
  commitmentOf,
  credentialOf,
  identitiesOf,
  instantOfSeconds,
  learnerOf,
  lintTemplate,
  parseJson,
  parseTemplate,
  printInstant,
  saltsOf,
  splitCredential,
  utf8,
} from '../../src/index.ts'
import type { Commitment, Credential, RowError, Salts, Template } from '../../src/index.ts'
import { openTable } from '../rows/read.ts'
import type { NamedRow, Table } from '../rows/read.ts'
import type { ProblemList } from '../rows/problems.ts'
import { fatal } from '../rows/problems.ts'
import type { DraftCertificate, DraftedBatch } from '../storage/store.ts'
import { IssuingError } from './errors.ts'
import { watchLearners } from './learners.ts'
import { CHUNK, places } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { tagsOfLearner } from './search.ts'
import { randomOrder } from './shuffle.ts'
import type { IssueRequest, Learner, RowWarning } from './types.ts'

const SEED_BYTES = 32

/** Reads the template. Throws `FormatError`, or `IssuingError` `template-incomplete` unless that is allowed. */
export function readTemplate(request: IssueRequest): Template {
  const template = parseTemplate(parseJson(request.template))
  const lint = lintTemplate(template)
  if (lint.complete || request.allowIncomplete === true) return template
  const missing = lint.mandatory.filter(({ present }) => !present).map(({ code }) => code)
  throw new IssuingError(
    'template-incomplete',
    `the template lacks mandatory elements: ${missing.join(', ')}`,
    lint,
  )
}

/** What makes two requests the same: the rows, the template and what was asked for. */
export async function digestOf(request: IssueRequest): Promise<string> {
  const rows = createHash('sha256')
  for await (const chunk of createReadStream(request.rows)) rows.update(chunk as Uint8Array)
  const options = canonicalText({
    template: createHash('sha256').update(request.template).digest('hex'),
    rows: rows.digest('hex'),
    permanent: request.permanent === true,
    allowDuplicates: request.allowDuplicates === true,
    allowIncomplete: request.allowIncomplete === true,
  })
  return createHash('sha256').update(options).digest('hex')
}

/**
 * Fills an open draft from the rows and closes it in a random order. Throws `RowsError` with every bad row; the draft
 * is then still open, and the caller drops it.
 */
export async function fillDraft(
  parts: IssuingParts,
  work: Work,
  template: Template,
  request: IssueRequest,
): Promise<DraftedBatch> {
  const { store } = parts
  const table = await openTable(request.rows, columnsOf(template))
  const watch = watchLearners(table.problems, request.allowDuplicates === true)
  let chunk: DraftCertificate[] = []
  let count = 0
  const keep = async (): Promise<void> => {
    // Once something is wrong nothing will be issued: the rest is only read to name every fault.
    if (table.problems.count === 0 && chunk.length > 0) {
      await store.addDrafts(work.batchId, work.lease(), chunk)
    }
    chunk = []
    await work.renew()
    work.progress({ step: 'read', done: count, total: 0 })
  }
  for await (const row of table.rows) {
    count += 1
    const learner = learnerOf(template, row.cells)
    const identities = identitiesOf(template, row.cells)
    watch.see({ row: row.row, name: learner.name, identities })
    const credential = readCredential(parts, template, row, table.problems)
    if (credential === undefined) continue
    chunk.push(draftOf(parts, work.batchId, template, { row: row.row, credential, learner }))
    if (chunk.length >= CHUNK) await keep()
  }
  table.problems.throwIfAny()
  if (count === 0) throw fatal('no-rows', 'the file has a header and no rows')
  await keep()
  const warnings = JSON.stringify([...watch.warnings(), ...warningsOf(table)])
  return store.finishDraft(work.batchId, work.lease(), randomOrder(count), warnings)
}

function readCredential(
  parts: IssuingParts,
  template: Template,
  { row, cells }: NamedRow,
  problems: ProblemList,
): Credential | undefined {
  const made = credentialOf(template, cells, {
    credentialId: `urn:uuid:${randomUUID()}`,
    subjectId: `urn:uuid:${randomUUID()}`,
    issuer: { chainId: parts.home.chainId, address: parts.issuer },
    issuedAt: printInstant(instantOfSeconds(Math.floor(parts.now() / 1000))),
  })
  if ('credential' in made) return made.credential
  for (const error of made.rowErrors) problems.add(problemOf(row, error))
  return undefined
}

function problemOf(
  row: number,
  { column, claim, code }: RowError,
): Parameters<ProblemList['add']>[0] {
  const where = column === undefined ? claim : `column ${column}`
  const message = `row ${row}, ${where}: ${code}`
  return {
    code: 'bad-value',
    reason: code,
    row,
    message,
    ...(column === undefined ? {} : { column }),
  }
}

function draftOf(
  { vault, home, issuer }: IssuingParts,
  batchId: string,
  template: Template,
  { row, credential, learner }: { row: number; credential: Credential; learner: Learner },
): DraftCertificate {
  const seed = new Uint8Array(randomBytes(SEED_BYTES))
  const salts = saltsOf(seed, template.hidable)
  const commitment = commitTo(home.text, issuer, credential, salts)
  return {
    row,
    commitment: bytesOfHex(commitment),
    sealedSeed: vault.seal(seed, places.seed(batchId, row)),
    sealedCredential: vault.seal(canonicalBytes(credential), places.credential(batchId, row)),
    sealedLearner: vault.seal(utf8(JSON.stringify(learner)), places.learner(batchId, row)),
    tags: tagsOfLearner(vault, learner, template),
    isAddressed: learner.email !== undefined,
  }
}

function commitTo(
  home: string,
  issuer: IssuingParts['issuer'],
  credential: Credential,
  { salt, byPointer }: Salts,
): Commitment {
  const { visible, claims } = splitCredential(credential, byPointer.keys())
  const digests = new Map(
    [...byPointer].map(([pointer, claimSalt]) => [
      pointer,
      claimDigest(claimSalt, pointer, claims.get(pointer) ?? null),
    ]),
  )
  return commitmentOf({ home, issuer, salt, credential: visible, digests })
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
