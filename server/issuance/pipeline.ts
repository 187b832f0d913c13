/** The way of a batch, from any state to the end: each step starts from what the step before made durable. */

import { randomUUID } from 'node:crypto'
import { invariant } from '../../src/index.ts'
import type { Template } from '../../src/index.ts'
import { fileSource } from '../rows/source.ts'
import { LeaseLostError } from '../storage/store.ts'
import type { AnchoredBatch, Batch } from '../storage/store.ts'
import { anchorBatch, reportOf, storeBatch } from './deliver.ts'
import { readTemplate } from './draft.ts'
import { IssuingError } from './errors.ts'
import { draftAnew, drafted, openDraft } from './intake.ts'
import { workOn } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { proveBatch } from './prove.ts'
import { sealBatch } from './seal.ts'
import type { IntakeRequest, IssueReport, IssueRequest, ResumeReport } from './types.ts'

const nobody = (): void => undefined

/** Issues a batch and answers when its anchor is final. Throws `IssuingError` `awaiting-approval` where it needs that. */
export async function issue(parts: IssuingParts, issued: IssueRequest): Promise<IssueReport> {
  const request: IntakeRequest = { ...issued, rows: fileSource(issued.rows) }
  const template = readTemplate(request)
  const { work, isNew } = await openDraft(parts, request, template)
  const started = isNew
    ? { work, batch: await drafted(parts, work, template, request) }
    : await resumed(parts, work, request, template)
  await refuseUnapproved(parts, started)
  const { work: own, batch } = started
  try {
    return await reportOf(parts, await advance(parts, own, batch), issued.linkBase)
  } catch (error) {
    if (!(error instanceof LeaseLostError)) await parts.store.release(own.batchId, own.lease())
    throw error
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
      if (isOpenDraft) {
        await parts.store.dropDraft(id)
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

/** Files half read when their process ended: nothing was issued of them. */
export async function dropOpenDrafts(parts: IssuingParts): Promise<string[]> {
  const dropped: string[] = []
  for (const { id, isOpenDraft } of await parts.store.listUnfinished(parts.now())) {
    if (!isOpenDraft) continue
    const work = workOn(parts, id, randomUUID(), nobody)
    if (!(await parts.store.claim(id, work.lease()))) continue
    await parts.store.dropDraft(id)
    dropped.push(id)
  }
  return dropped
}

/** Takes a batch through what is left of its way; where it fails the lease stays, for the caller to let go of. */
export async function advance(
  parts: IssuingParts,
  work: Work,
  start: Batch,
): Promise<AnchoredBatch> {
  for (let batch = start; ;) {
    switch (batch.state) {
      case 'drafted':
        batch = await sealBatch(parts, work, batch)
        break
      case 'sealed':
        batch = await storeBatch(parts, work, batch)
        break
      case 'stored':
        await proveBatch(parts, work, batch)
        batch = await anchorBatch(parts, work, batch)
        break
      case 'submitted':
        batch = await anchorBatch(parts, work, batch)
        break
      case 'anchored':
        await parts.onAnchored?.(batch)
        return batch
    }
  }
}

/** The batch of an earlier request with the same idempotency key, claimed if there is work left. */
async function resumed(
  parts: IssuingParts,
  work: Work,
  request: IntakeRequest,
  template: Template,
): Promise<{ work: Work; batch: Batch }> {
  const { store } = parts
  const batch = await store.findBatch({ id: work.batchId })
  if (batch?.state === 'anchored') return { work, batch }
  const overview = await store.overviewOf(parts.issuer, work.batchId)
  if (batch !== undefined && overview?.state === 'awaiting-approval') return { work, batch }
  if (!(await store.claim(work.batchId, work.lease()))) {
    throw new IssuingError('in-progress', 'the same request is being worked on')
  }
  return batch === undefined ? draftAnew(parts, work, request, template) : { work, batch }
}
