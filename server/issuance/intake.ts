/** A request for a batch is taken in: its rows become a draft that is durable, or nothing is left of it. */

import { randomBytes, randomUUID } from 'node:crypto'
import { invariant, LANGUAGES } from '../../src/index.ts'
import type { Language, Template } from '../../src/index.ts'
import type { Vault } from '../keys/vault.ts'
import { openVersions } from '../keys/vaults.ts'
import { IdempotencyError } from '../storage/store.ts'
import type { Batch, NewBatch } from '../storage/store.ts'
import { digestOf, fillDraft, readTemplate } from './draft.ts'
import { dropIfOpen } from './drafts.ts'
import { IssuingError } from './errors.ts'
import { newId } from './new-id.ts'
import { places, workOn } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import type { IntakeReport, IntakeRequest } from './types.ts'

const SECRET_BYTES = 32
/** Stands for whoever has the passphrase, where an API key's id would. */
const CLI = 'cli'

type KeyedRequest = { readonly key: string; readonly digest: string }

/**
 * Answers when every row is in the store for good: from then on the batch is issued, by whichever process works on it,
 * or awaits approval. The same idempotency key again answers with the first batch. Throws `FormatError` (template),
 * `RowsError` with every bad row, `IssuingError`; then nothing is kept.
 */
export async function intake(parts: IssuingParts, request: IntakeRequest): Promise<IntakeReport> {
  const template = readTemplate(request)
  const { work, isNew } = await openDraft(parts, request, template)
  const taken = isNew
    ? { work, isNew, batch: await drafted(parts, work, template, request) }
    : await takenBefore(parts, work, request, template)
  const { id } = taken.batch
  await parts.store.release(id, taken.work.lease())
  if (taken.isNew) {
    const { issuer } = parts
    const actor = request.by ?? CLI
    await parts.store.audit({ at: parts.now(), action: 'intake', subject: id, actor, issuer })
  }
  return { batchId: id, isNew: taken.isNew }
}

/** The batch of an earlier request with the same key; one whose rows were never all taken is started anew. */
async function takenBefore(
  parts: IssuingParts,
  work: Work,
  request: IntakeRequest,
  template: Template,
): Promise<{ work: Work; batch: Batch; isNew: boolean }> {
  const seen = await parts.store.findBatch({ id: work.batchId })
  if (seen !== undefined) return { work, batch: seen, isNew: false }
  const taken = await claimed(parts, work)
  if (taken !== undefined) return { ...taken, isNew: false }
  return { ...(await draftAnew(parts, work, request, template)), isNew: true }
}

/**
 * Takes the lease of an earlier request's batch, as it stands once it is ours; undefined for a draft that nobody fills.
 * Throws `IssuingError` `in-progress` where somebody works on it.
 */
export async function claimed(
  { store }: IssuingParts,
  work: Work,
): Promise<{ work: Work; batch: Batch } | undefined> {
  if (!(await store.claim(work.batchId, work.lease()))) {
    throw new IssuingError('in-progress', 'the same request is being worked on')
  }
  const batch = await store.findBatch({ id: work.batchId })
  return batch && { work, batch }
}

/** A draft left half filled by a process that is gone: the rows are here again. `work` has its lease. */
export async function draftAnew(
  parts: IssuingParts,
  work: Work,
  request: IntakeRequest,
  template: Template,
): Promise<{ work: Work; batch: Batch }> {
  await parts.store.dropDraft(work.batchId)
  const again = await openDraft(parts, request, template)
  invariant(again.isNew, 'a key whose draft was dropped is free')
  return { work: again.work, batch: await drafted(parts, again.work, template, request) }
}

/** Opens a draft under a lease, or finds the batch of the same idempotency key. Throws `IssuingError` `key-in-use`. */
export async function openDraft(
  parts: IssuingParts,
  request: IntakeRequest,
  template: Template,
): Promise<{ work: Work; isNew: boolean }> {
  const owner = randomUUID()
  const progress = request.onProgress ?? ((): void => undefined)
  const { idempotencyKey: key } = request
  const known = key === undefined ? undefined : { key, digest: await digestOf(request) }
  const earlier = known && (await earlierBatch(parts, known))
  const id = earlier ?? newId()
  const work = workOn(parts, id, owner, progress)
  const opened =
    earlier === undefined
      ? await parts.store
          .openDraft(newBatchOf(parts, request, template, id, known), work.lease())
          .catch((error: unknown) => {
            if (!(error instanceof IdempotencyError)) throw error
            throw new IssuingError('key-in-use', error.message)
          })
      : { id, isNew: false }
  // Beside the batch from its beginning, so that whoever makes it final queues the letters.
  if (request.send === true) {
    await parts.store.orderMail(opened.id, mailLanguage(template), parts.now())
  }
  if (opened.isNew) return { work, isNew: true }
  return { work: workOn(parts, opened.id, owner, progress), isNew: false }
}

function newBatchOf(
  parts: IssuingParts,
  request: IntakeRequest,
  template: Template,
  id: string,
  known: KeyedRequest | undefined,
): NewBatch {
  const { vault, masterVersion } = parts
  const { templateId, by = CLI } = request
  const approvalFrom = approvalFor(parts, by)
  return {
    id,
    home: parts.home.text,
    issuer: parts.issuer,
    pointers: template.hidable,
    permanent: request.permanent === true,
    sealedSecret: vault.seal(randomBytes(SECRET_BYTES), places.batchSecret(id)),
    createdAt: parts.now(),
    masterVersion,
    createdBy: by,
    ...(templateId === undefined ? {} : { templateId }),
    ...(approvalFrom === undefined ? {} : { approvalFrom }),
    ...(known === undefined ? {} : { idempotency: requestTags(vault, known) }),
  }
}

/** The letters of a batch are in the language of its certificates, where there are texts in it. */
function mailLanguage({ file: { language } }: Template): Language | undefined {
  return LANGUAGES.find((one) => language === one || language.startsWith(`${one}-`))
}

/** The batch of this request from before the master key of now: each key makes other tags of it. */
async function earlierBatch(
  parts: IssuingParts,
  request: KeyedRequest,
): Promise<string | undefined> {
  for (const { version, vault } of openVersions(parts)) {
    if (version === parts.masterVersion) continue
    const tags = requestTags(vault, request)
    const known = await parts.store.findRequest(tags.key)
    if (known === undefined) continue
    if (known.digest === tags.digest) return known.id
    throw new IssuingError('key-in-use', 'this idempotency key was used for another request')
  }
  return undefined
}

/** Whoever gives the passphrase at the terminal approves by that, unless the issuer wants two persons there too. */
export function approvalFor({ approval }: IssuingParts, by: string): number | undefined {
  if (approval === undefined || (by === CLI && !approval.terminal)) return undefined
  return approval.from
}

/**
 * What the store knows a request by: tags that say nothing without the master key. A hash of the rows, or a key made of
 * one, would let anyone with the store try what an erased learner's row may have been.
 */
function requestTags(vault: Vault, { key, digest }: KeyedRequest): KeyedRequest {
  const tagOf = (text: string, kind: string): string =>
    Buffer.from(vault.tag(text, kind)).toString('base64url')
  return { key: tagOf(key, 'idempotency-key'), digest: tagOf(digest, 'request-digest') }
}

/** Fills the draft that `work` has the lease of, or drops it. */
export async function drafted(
  parts: IssuingParts,
  work: Work,
  template: Template,
  request: IntakeRequest,
): Promise<Batch> {
  try {
    return await fillDraft(parts, work, template, request)
  } catch (error) {
    // Nothing is issued of a file with a fault. One that was taken whole, by a key that others may have, stays for them.
    if (request.idempotencyKey === undefined) await parts.store.dropDraft(work.batchId)
    else await dropIfOpen(parts, work)
    throw error
  }
}
