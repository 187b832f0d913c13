/**
 * A batch of any size laid down in the store of a folder through its port, and anchored on its chain: as issuing leaves
 * it, but for the documents, which no list shows.
 */
import { randomBytes } from 'node:crypto'
import { openEngines } from '../../server/engines.ts'
import { parseRoot } from '../../server/issuance/deliver.ts'
import { newId } from '../../server/issuance/new-id.ts'
import { places } from '../../server/issuance/parts.ts'
import type { IssuingParts } from '../../server/issuance/parts.ts'
import { CHUNK } from '../../server/issuance/steps.ts'
import { achievementTags, tagsOfLearner } from '../../server/issuance/search.ts'
import type { Learner } from '../../server/issuance/types.ts'
import { issuingParts } from '../../server/issuer-parts.ts'
import type { DraftCertificate, Lease } from '../../server/storage/store.ts'
import { cidOf, parseJson, parseTemplate, utf8 } from '../../src/index.ts'
import type { Template } from '../../src/index.ts'
import { exampleTemplate, PASSPHRASE } from '../server/folder.ts'

const HOUR_MS = 3_600_000

export function learnerAt(i: number): Learner {
  return { name: `Apprenante N${i}`, email: `n${i}@courriel.example`, externalId: `X-${i}` }
}

/** The i-th row has the i-th learner and index i. Answers with the id of the batch. */
export async function layDown(
  folder: string,
  { templateId, size }: { readonly templateId: string; readonly size: number },
): Promise<string> {
  const engines = await openEngines(folder, { passphrase: PASSPHRASE })
  try {
    const parts = await issuingParts(engines, engines.config.issuers[0])
    const template = parseTemplate(parseJson(await exampleTemplate()))
    return await laidDown(parts, { templateId, template, size })
  } finally {
    await engines.close(() => Promise.resolve())
  }
}

async function laidDown(
  parts: IssuingParts,
  { templateId, template, size }: { templateId: string; template: Template; size: number },
): Promise<string> {
  const { store, vault, issuer, home, masterVersion, anchor } = parts
  const id = newId()
  const now = Date.now()
  const lease: Lease = { owner: 'a test', now, until: now + HOUR_MS }
  const sealedSecret = vault.seal(randomBytes(32), places.batchSecret(id))
  const batch = { id, home: home.text, issuer, pointers: template.hidable, permanent: false }
  await store.openDraft(
    { ...batch, sealedSecret, createdAt: now, masterVersion, templateId, createdBy: 'cli' },
    lease,
  )
  for (let from = 0; from < size; from += CHUNK) {
    const drafts = placesFrom(from, size).map((i) => draftAt(parts, id, template, i))
    await store.addDrafts(id, lease, drafts)
  }
  await store.finishDraft(
    id,
    lease,
    Uint32Array.from({ length: size }, (_, i) => i),
    '[]',
  )
  for (let from = 0; from < size; from += CHUNK) {
    const sealed = placesFrom(from, size).map((index) => ({
      index,
      cid: cidOf(utf8(`${id} ${index}`)),
      sealing: 0,
      serverKey: bytesOf(index),
      keyAuthHash: bytesOf(index),
      ownerHash: bytesOf(index),
    }))
    await store.addSealed(id, lease, sealed)
  }
  const root = parseRoot(`0x${randomBytes(32).toString('hex')}`)
  await store.markSealed(id, lease, root)
  await store.markStored(id, lease, cidOf(utf8(id)))
  const watched = { onPoll: () => Promise.resolve(), onStanding: () => undefined }
  const final = await anchor.anchor({
    ...{ batchId: id, lease: lease.owner, issuer, root, size },
    ...watched,
  })
  await store.markAnchored(id, lease, final)
  await store.release(id, lease)
  return id
}

function placesFrom(from: number, size: number): number[] {
  return Array.from({ length: Math.min(CHUNK, size - from) }, (_, i) => from + i)
}

function draftAt(
  { vault }: IssuingParts,
  batchId: string,
  template: Template,
  i: number,
): DraftCertificate {
  const learner = learnerAt(i)
  const row = i + 2
  return {
    row,
    commitment: bytesOf(i),
    sealedSeed: vault.seal(bytesOf(i), places.seed(batchId, row)),
    sealedCredential: vault.seal(utf8('{}'), places.credential(batchId, row)),
    sealedLearner: vault.seal(utf8(JSON.stringify(learner)), places.learner(batchId, row)),
    tags: [...tagsOfLearner(vault, learner), ...achievementTags(vault, learner, template)],
    isAddressed: true,
  }
}

/** 32 bytes that no other certificate of the batch has. */
function bytesOf(i: number): Uint8Array {
  const bytes = new Uint8Array(32)
  new DataView(bytes.buffer).setUint32(0, i)
  return bytes
}
