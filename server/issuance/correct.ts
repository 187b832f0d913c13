/**
 * Correcting a certificate: the replacement is issued as a batch of one, and only when its anchor is final is the old one
 * revoked, so that the learner never stands without. Whoever has the old link is led to the new one.
 */

import { randomBytes, randomUUID } from 'node:crypto'
import { columnsOf, FormatError, invariant, utf8 } from '../../src/index.ts'
import type { ReasonCode, Template } from '../../src/index.ts'
import { reasonNumber } from '../chain/status.ts'
import { bytesSource } from '../rows/source.ts'
import type { Operation } from '../storage/operations.ts'
import type { AnchoredBatch } from '../storage/store.ts'
import { anchoredBatch, certificateOf } from './target.ts'
import { drafted, readTemplate } from './draft.ts'
import { inRow } from './draft-keeper.ts'
import type { Drafted } from './draft-keeper.ts'
import { envelopeOf } from './envelopes.ts'
import { IssuingError } from './errors.ts'
import { approvalFor } from './intake.ts'
import { newId } from './new-id.ts'
import { operationId } from './operation-id.ts'
import { places, workOn } from './parts.ts'
import type { IssuingParts } from './parts.ts'
import { advance } from './pipeline.ts'
import { ownHands } from './hands.ts'
import { readRows } from './rows.ts'
import type { LearnerRow } from './rows.ts'
import { randomOrder } from './shuffle.ts'
import type { EraseTarget } from './types.ts'

const SECRET_BYTES = 32
/** So long nobody takes up a correction whose row is being read. */
const READING_MS = 60_000

export type CorrectRequest = {
  readonly target: EraseTarget
  /** The template's file, strict JSON. */
  readonly template: Uint8Array
  /** The corrected row, by column of the template. */
  readonly row: ReadonlyMap<string, string>
  readonly allowIncomplete?: boolean | undefined
  /** By default `superseded`. */
  readonly reason?: ReasonCode | undefined
  readonly by: string
  readonly idempotencyKey: string
}

/**
 * Answers when the corrected row is in the store for good, under the master key. Throws `RowsError`, `FormatError`
 * (template), `IssuingError`; then nothing is kept.
 */
export async function startCorrection(
  parts: IssuingParts,
  request: CorrectRequest,
): Promise<Operation> {
  const { store, issuer, now } = parts
  const { batchId, index, cid } = await certificateOf(parts, request.target)
  const old = await anchoredBatch(parts, { batchId })
  if ((await store.findTombstone(cid)) !== undefined) {
    throw new IssuingError('erased', 'an erased certificate cannot be corrected')
  }
  const { idempotencyKey, by } = request
  const corrected = await readCorrected(parts, request)
  const at = now()
  const added = await store.addOperation({
    id: operationId(parts, { kind: 'correct', batchId, index, idempotencyKey }),
    issuer,
    kind: 'correct',
    batchId,
    index,
    reason: reasonNumber(request.reason ?? 'superseded'),
    replacement: newId(),
    createdAt: at,
    createdBy: by,
    startAt: at + READING_MS,
  })
  if (added === undefined) {
    throw new IssuingError('corrected', 'this certificate is corrected already, or is being so')
  }
  const { operation, isNew } = added
  if (isNew) {
    await draftReplacement(parts, operation, old, corrected)
    await store.readyOperation(operation.id, now())
  } else if (operation.state === 'queued' && !(await isDrafted(parts, operation))) {
    // Kept for good is only what has its row: whoever wrote the one may have ended before the other.
    throw new IssuingError('in-progress', 'the same is being asked for')
  }
  return operation
}

async function isDrafted({ store }: IssuingParts, operation: Operation): Promise<boolean> {
  return (await store.findBatch({ id: replacementOf(operation) })) !== undefined
}

type Corrected = { readonly template: Template; readonly draft: Drafted }

/** The row as a file of one. */
async function readCorrected(parts: IssuingParts, request: CorrectRequest): Promise<Corrected> {
  const { template: bytes, allowIncomplete = false } = request
  const template = readTemplate({ template: bytes, allowIncomplete })
  const columns = columnsOf(template)
  if ([...request.row.keys()].some((column) => !columns.has(column))) {
    throw new FormatError('unknown-member', 'row', 'row: a column that the template does not have')
  }
  const rows = bytesSource(utf8(JSON.stringify([Object.fromEntries(request.row)])))
  const reading = await readRows(parts, template, { rows, format: 'json', template: bytes })
  const read: LearnerRow[] = []
  for await (const one of reading.rows) read.push(one)
  const drafting = { template, file: bytes, refuse: reading.refuse }
  const [draft] = await drafted(parts, drafting, read, ownHands())
  reading.problems.throwIfAny()
  invariant(draft !== undefined, 'a row without a problem is a credential')
  return { template, draft }
}

/** A batch of one, as its rows would be taken from a file. */
async function draftReplacement(
  parts: IssuingParts,
  operation: Operation,
  old: AnchoredBatch,
  { template, draft }: Corrected,
): Promise<void> {
  const { store, vault, masterVersion, home, issuer, now } = parts
  const id = replacementOf(operation)
  const by = operation.createdBy
  const approvalFrom = approvalFor(parts, by)
  const lease = workOn(parts, id, randomUUID(), () => undefined).lease()
  await store.openDraft(
    {
      id,
      home: home.text,
      issuer,
      pointers: template.hidable,
      permanent: old.permanent,
      masterVersion,
      sealedSecret: vault.seal(randomBytes(SECRET_BYTES), places.batchSecret(id)),
      createdAt: now(),
      createdBy: by,
      ...(approvalFrom === undefined ? {} : { approvalFrom }),
    },
    lease,
  )
  await store.addDrafts(id, lease, [inRow(parts, id, draft)])
  await store.finishDraft(id, lease, randomOrder(1), '[]')
  // While nobody else can take it up: whoever erases from here on finds the draft.
  const [standing] = await store.certificatesOf(old.id, operation.index ?? 0, 1)
  if (standing?.sealedLearner === undefined) {
    await store.dropDraft(id)
    throw new IssuingError('erased', 'the certificate was erased meanwhile')
  }
  await store.release(id, lease)
}

/**
 * Takes the replacement to its end, and remembers the way to it. Throws `IssuingError` `in-progress` where another
 * process works on its batch, `interrupted` where its row was never taken in: then nothing was issued.
 */
export async function completeCorrection(parts: IssuingParts, operation: Operation): Promise<void> {
  const { store } = parts
  const id = replacementOf(operation)
  const anchored = await anchoredReplacement(parts, id)
  const [replacement] = await store.certificatesOf(id, 0, 1)
  const [old] = await store.certificatesOf(operation.batchId, operation.index ?? 0, 1)
  invariant(replacement !== undefined && old !== undefined, 'both certificates are in the store')
  if ((await store.findReplacement(old.batchId, old.row)) !== undefined) return
  await store.saveReplacement({
    batchId: old.batchId,
    row: old.row,
    byBatchId: id,
    byRow: replacement.row,
    at: parts.now(),
    envelope: await envelopeOf(parts, old, { batch: anchored, certificate: replacement }),
  })
  const entry = { at: parts.now(), action: 'correct', subject: old.cid }
  await store.audit({ ...entry, actor: operation.createdBy, issuer: parts.issuer })
}

/** Looked at again once it is held: whoever let go of it took it further. */
async function anchoredReplacement(parts: IssuingParts, id: string): Promise<AnchoredBatch> {
  const { store } = parts
  const work = workOn(parts, id, randomUUID(), () => undefined)
  const seen = await store.findBatch({ id })
  if (seen === undefined) throw new IssuingError('interrupted', 'the corrected row was not kept')
  if (seen.state === 'anchored') return seen
  if (!(await store.claim(id, work.lease()))) {
    throw new IssuingError('in-progress', `batch ${id} is worked on, or awaits approval`)
  }
  const batch = (await store.findBatch({ id })) ?? seen
  try {
    return await advance(parts, work, batch)
  } finally {
    await store.release(id, work.lease())
  }
}

function replacementOf({ id, replacement }: Operation): string {
  invariant(replacement !== undefined, `the correction ${id} names its replacement`)
  return replacement
}
