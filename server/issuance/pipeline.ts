/** The way of a batch, from any state to the end: each step starts from what the step before made durable. */

import { randomBytes, randomUUID } from 'node:crypto'
import { invariant, LANGUAGES, UnavailableError } from '../../src/index.ts'
import type { Language, Template } from '../../src/index.ts'
import type { Vault } from '../keys/vault.ts'
import { IdempotencyError, LeaseLostError } from '../storage/store.ts'
import type { AnchoredBatch, Batch } from '../storage/store.ts'
import { anchorBatch, reportOf, storeBatch } from './deliver.ts'
import { digestOf, fillDraft, readTemplate } from './draft.ts'
import { IssuingError } from './errors.ts'
import { places, workOn } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { proveBatch } from './prove.ts'
import { sealBatch } from './seal.ts'
import type { IssueReport, IssueRequest, ResumeReport } from './types.ts'

const SECRET_BYTES = 32
const nobody = (): void => undefined

/** Issues a batch and answers when its anchor is final. */
export async function issue(parts: IssuingParts, request: IssueRequest): Promise<IssueReport> {
  const template = readTemplate(request)
  const { work, isNew } = await openDraft(parts, request, template)
  const started = isNew
    ? { work, batch: await drafted(parts, work, template, request) }
    : await resumed(parts, work, request, template)
  return reportOf(parts, await advance(parts, started.work, started.batch), request.linkBase)
}

/** Continues what other processes left behind; what has no master key to continue with stays as it is. */
export async function resume(
  parts: IssuingParts,
  skip: ReadonlySet<string> = new Set(),
): Promise<ResumeReport> {
  const anchored: string[] = []
  const dropped: string[] = []
  const failed: { batchId: string; error: unknown }[] = []
  for (const { id, issuer, isOpenDraft } of await parts.store.listUnfinished(parts.now())) {
    if (issuer !== parts.issuer || skip.has(id)) continue
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

/** Takes a batch through what is left of its way. */
async function advance(parts: IssuingParts, work: Work, start: Batch): Promise<AnchoredBatch> {
  let batch = start
  try {
    for (;;) {
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
  } catch (error) {
    if (!(error instanceof LeaseLostError)) {
      await parts.store.release(work.batchId, work.lease())
      // Whoever called is told why the batch stopped, whatever becomes of telling others.
      await tellFailed(parts, batch, error).catch(() => undefined)
    }
    throw error
  }
}

/** What will pass by itself is no failure of the batch: a network that is away, a process that stops. */
async function tellFailed(parts: IssuingParts, batch: Batch, error: unknown): Promise<void> {
  const { id, issuer, state } = batch
  const isPassing = error instanceof UnavailableError
  if (isPassing || (error instanceof Error && error.name === 'AbortError')) return
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

async function openDraft(
  parts: IssuingParts,
  request: IssueRequest,
  template: Template,
): Promise<{ work: Work; isNew: boolean }> {
  const owner = randomUUID()
  const progress = request.onProgress ?? nobody
  const id = randomBytes(16).toString('base64url')
  const { idempotencyKey: key } = request
  const work = workOn(parts, id, owner, progress)
  const earlier = key === undefined ? undefined : await earlierBatch(parts, key, request)
  if (earlier !== undefined) {
    return { work: workOn(parts, earlier, owner, progress), isNew: false }
  }
  const opened = await parts.store
    .openDraft(
      {
        id,
        home: parts.home.text,
        issuer: parts.issuer,
        pointers: template.hidable,
        permanent: request.permanent === true,
        sealedSecret: parts.vault.seal(randomBytes(SECRET_BYTES), places.batchSecret(id)),
        createdAt: parts.now(),
        masterVersion: parts.masterVersion,
        ...(key === undefined ? {} : { idempotency: await requestTags(parts.vault, key, request) }),
      },
      work.lease(),
    )
    .catch((error: unknown) => {
      if (!(error instanceof IdempotencyError)) throw error
      throw new IssuingError('key-in-use', error.message)
    })
  // Beside the batch from its beginning, so that whoever makes it final queues the letters.
  if (request.send === true)
    await parts.store.orderMail(opened.id, mailLanguage(template), parts.now())
  if (opened.isNew) return { work, isNew: true }
  return { work: workOn(parts, opened.id, owner, progress), isNew: false }
}

/** The batch of this request from before the master key of now: each key makes other tags of it. */
async function earlierBatch(
  parts: IssuingParts,
  key: string,
  request: IssueRequest,
): Promise<string | undefined> {
  for (let version = parts.masterVersion - 1; version > 0; version -= 1) {
    const tags = await requestTags(parts.vaultAt(version), key, request)
    const known = await parts.store.findRequest(tags.key)
    if (known === undefined) continue
    if (known.digest === tags.digest) return known.id
    throw new IssuingError('key-in-use', 'this idempotency key was used for another request')
  }
  return undefined
}

/** The letters of a batch are in the language of its certificates, where there are texts in it. */
function mailLanguage({ file: { language } }: Template): Language | undefined {
  return LANGUAGES.find((one) => language === one || language.startsWith(`${one}-`))
}

/**
 * What the store knows a request by: tags that say nothing without the master key. A hash of the rows, or a key made of
 * one, would let anyone with the store try what an erased learner's row may have been.
 */
async function requestTags(
  vault: Vault,
  key: string,
  request: IssueRequest,
): Promise<{ key: string; digest: string }> {
  const tagOf = (text: string, kind: string): string =>
    Buffer.from(vault.tag(text, kind)).toString('base64url')
  return {
    key: tagOf(key, 'idempotency-key'),
    digest: tagOf(await digestOf(request), 'request-digest'),
  }
}

async function drafted(
  parts: IssuingParts,
  work: Work,
  template: Template,
  request: IssueRequest,
): Promise<Batch> {
  try {
    return await fillDraft(parts, work, template, request)
  } catch (error) {
    // Nothing is issued of a file with a fault.
    await parts.store.dropDraft(work.batchId)
    throw error
  }
}

/** The batch of an earlier request with the same idempotency key, claimed if there is work left. */
async function resumed(
  parts: IssuingParts,
  work: Work,
  request: IssueRequest,
  template: Template,
): Promise<{ work: Work; batch: Batch }> {
  const { store } = parts
  const batch = await store.findBatch({ id: work.batchId })
  if (batch?.state === 'anchored') return { work, batch }
  if (!(await store.claim(work.batchId, work.lease()))) {
    throw new IssuingError('in-progress', 'the same request is being worked on')
  }
  if (batch !== undefined) return { work, batch }
  // A draft left half filled by a process that is gone: the rows are here again, so it starts anew.
  await store.dropDraft(work.batchId)
  const again = await openDraft(parts, request, template)
  invariant(again.isNew, 'a key whose draft was dropped is free')
  return { work: again.work, batch: await drafted(parts, again.work, template, request) }
}
