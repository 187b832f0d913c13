/** The way of a batch, from any state to the end: each step starts from what the step before made durable. */

import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { invariant, UnavailableError } from '../../src/index.ts'
import type { Template } from '../../src/index.ts'
import type { GrowingCar } from '../ipfs/growing-car.ts'
import { fileSource } from '../rows/source.ts'
import { LeaseLostError } from '../storage/store.ts'
import type { AnchoredBatch, Batch } from '../storage/store.ts'
import { anchorBatch, storeBatch } from './deliver.ts'
import { readTemplate } from './draft.ts'
import { dropIfOpen } from './drafts.ts'
import { IssuingError, StoppedError } from './errors.ts'
import { claimed, draftAnew, drafted, openDraft } from './intake.ts'
import { issuedOf } from './links.ts'
import { workOn } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { proveBatch } from './prove.ts'
import { sealBatch } from './seal.ts'
import type { IntakeRequest, IssuedBatch, IssueRequest, ResumeReport } from './types.ts'

/** How often a batch is looked at that another works on. */
const FOLLOW_MS = 1000

const nobody = (): void => undefined

/** Issues a batch and answers when its anchor is final. Throws `IssuingError` `awaiting-approval` where it needs that. */
export async function issue(parts: IssuingParts, issued: IssueRequest): Promise<IssuedBatch> {
  const request: IntakeRequest = { ...issued, rows: fileSource(issued.rows) }
  const template = readTemplate(request)
  const { work, isNew } = await openDraft(parts, request, template)
  const started = isNew
    ? { work, batch: await drafted(parts, work, template, request) }
    : await resumed(parts, work, request, template)
  await refuseUnapproved(parts, started)
  const { work: own, batch } = started
  return issuedOf(parts, await toItsEnd(parts, own, batch), issued.linkBase)
}

/**
 * A machine that slept for longer than a lease wakes to find that another works on the batch, the server of this very
 * folder for one: what becomes of it there is waited for, and it is taken back where it is let go.
 */
async function toItsEnd(parts: IssuingParts, work: Work, start: Batch): Promise<AnchoredBatch> {
  let batch = start
  for (;;) {
    try {
      return await advance(parts, work, batch)
    } catch (error) {
      if (!(error instanceof LeaseLostError)) {
        await parts.store.release(work.batchId, work.lease())
        throw error
      }
    }
    batch = await takenBack(parts, work)
  }
}

/** The batch as it stands once it is ours again, or once it is anchored. */
async function takenBack({ store, closing }: IssuingParts, work: Work): Promise<Batch> {
  for (;;) {
    await wait(FOLLOW_MS, undefined, closing === undefined ? {} : { signal: closing })
    const isOurs = await store.claim(work.batchId, work.lease())
    const batch = await store.findBatch({ id: work.batchId })
    invariant(batch !== undefined, `batch ${work.batchId} is in the store`)
    if (batch.state === 'anchored' && isOurs) await store.release(work.batchId, work.lease())
    if (batch.state === 'anchored' || isOurs) return batch
  }
}

async function refuseUnapproved(
  { store, issuer }: IssuingParts,
  { work, batch }: { readonly work: Work; readonly batch: Batch },
): Promise<void> {
  const overview = await store.overviewOf(issuer, batch.id)
  if (overview?.state !== 'awaiting-approval') return
  await store.release(batch.id, work.lease())
  throw new IssuingError('awaiting-approval', `batch ${batch.id} awaits approval`)
}

/** Continues what other processes left behind; what has no master key to continue with stays as it is. */
export async function resume(parts: IssuingParts): Promise<ResumeReport> {
  const anchored: string[] = []
  const dropped: string[] = []
  const failed: { batchId: string; error: unknown }[] = []
  for (const { id, issuer, isOpenDraft } of await parts.store.listUnfinished(parts.now())) {
    if (issuer !== parts.issuer) continue
    const work = workOn(parts, id, randomUUID(), nobody)
    if (!(await parts.store.claim(id, work.lease()))) continue
    try {
      if (isOpenDraft && (await dropIfOpen(parts, work))) {
        dropped.push(id)
        continue
      }
      const batch = await parts.store.findBatch({ id })
      invariant(batch !== undefined, `batch ${id} is in the store`)
      await advance(parts, work, batch)
      anchored.push(id)
    } catch (error) {
      // One batch that cannot go on must not hold up the others.
      await parts.store.release(id, work.lease())
      failed.push({ batchId: id, error })
    }
  }
  return { anchored, dropped, failed }
}

/** Takes a batch through what is left of its way; where it fails the lease stays, for the caller to let go of. */
export async function advance(
  parts: IssuingParts,
  work: Work,
  start: Batch,
): Promise<AnchoredBatch> {
  let batch = start
  let copy: GrowingCar | undefined
  try {
    for (;;) {
      if (batch.state === 'anchored') {
        await parts.onAnchored?.(batch)
        return batch
      }
      const next: Stepped = await step(parts, work, batch, copy)
      ;({ batch, copy } = next)
    }
  } catch (error) {
    // Whoever called is told why the batch stopped, whatever becomes of telling others.
    await tellFailed(parts, batch, error).catch(() => undefined)
    throw error
  }
}

/** A batch a step further, and what a step leaves for the next one alone. */
type Stepped = { readonly batch: Batch; readonly copy?: GrowingCar | undefined }

async function step(
  parts: IssuingParts,
  work: Work,
  batch: Exclude<Batch, AnchoredBatch>,
  copy: GrowingCar | undefined,
): Promise<Stepped> {
  switch (batch.state) {
    case 'drafted':
      return sealBatch(parts, work, batch)
    case 'sealed':
      return { batch: await storeBatch(parts, work, batch, copy) }
    case 'stored':
      await proveBatch(parts, work, batch)
      return { batch: await anchorBatch(parts, work, batch) }
    case 'submitted':
      return { batch: await anchorBatch(parts, work, batch) }
  }
}

/** What will pass by itself is no failure of the batch: a network that is away, another worker, a process that stops. */
async function tellFailed(parts: IssuingParts, batch: Batch, error: unknown): Promise<void> {
  const { id, issuer, state } = batch
  const passing = [UnavailableError, LeaseLostError, StoppedError]
  if (passing.some((kind) => error instanceof kind)) return
  if (error instanceof Error && error.name === 'AbortError') return
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal'
  const data = { batchId: id, state, code: /^[a-z-]{1,40}$/.test(code) ? code : 'internal' }
  const event = {
    issuer,
    type: 'batch.failed',
    key: `failed/${id}`,
    at: parts.now(),
    data,
  } as const
  await parts.store.publish(event)
}

/** The batch of an earlier request with the same idempotency key, claimed if there is work left. */
async function resumed(
  parts: IssuingParts,
  work: Work,
  request: IntakeRequest,
  template: Template,
): Promise<{ work: Work; batch: Batch }> {
  const { store } = parts
  const seen = await store.findBatch({ id: work.batchId })
  if (seen?.state === 'anchored') return { work, batch: seen }
  const overview = await store.overviewOf(parts.issuer, work.batchId)
  if (seen !== undefined && overview?.state === 'awaiting-approval') return { work, batch: seen }
  return (await claimed(parts, work)) ?? draftAnew(parts, work, request, template)
}
