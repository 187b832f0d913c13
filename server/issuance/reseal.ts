/**
 * A link that leaked is replaced: the same certificate is sealed anew, under a link secret and a server key that the old
 * link does not lead to. The chain has no part in it. One transaction puts the new sealing in the place of the old one,
 * whose server key goes with it; all that is left to do then is written down, and done by whoever comes next.
 */

import { randomBytes } from 'node:crypto'
import {
  commitmentOfCertificate,
  hexOf,
  holderLink,
  invariant,
  linkSecretOf,
  manifestOf,
  ownerTokenOf,
  parseCertificate,
  serverKeyAuthOf,
  sha256,
} from '../../src/index.ts'
import { reasonNumber } from '../chain/status.ts'
import type { Journal } from '../erasure/journal.ts'
import { nextSealing } from '../erasure/withhold.ts'
import type { Block } from '../ipfs/documents.ts'
import { BlockError } from '../ipfs/documents.ts'
import { openCertificate, sealCertificate } from '../ipfs/sealing.ts'
import type { Vault } from '../keys/vault.ts'
import type { Resealing } from '../storage/resealing.ts'
import type {
  AnchoredBatch,
  Lease,
  SealedCertificate,
  StoredCertificate,
} from '../storage/store.ts'
import { cidsOf, inCarOrder } from './deliver.ts'
import { renewEnvelopes } from './envelopes.ts'
import { IssuingError } from './errors.ts'
import { holding } from './holding.ts'
import type { HoldingParts } from './holding.ts'
import { parseLearner, places } from './parts.ts'
import type { IssuingParts } from './parts.ts'
import { secretOf } from './seal.ts'
import { anchoredBatch, certificateOf } from './target.ts'
import type { ResealReport, ResealRequest } from './types.ts'

const SERVER_KEY_BYTES = 32

type ResealParts = HoldingParts &
  Pick<IssuingParts, 'documents' | 'vaultAt' | 'publicUrl' | 'issuer'> & {
    readonly journal: Journal
    readonly actor: string
  }
type FinishParts = HoldingParts & Pick<IssuingParts, 'documents'>

/** Throws `IssuingError` for a target that is not ours, not anchored, erased, or has a permanent link. */
export async function reseal(parts: ResealParts, request: ResealRequest): Promise<ResealReport> {
  const target = await certificateOf(parts, request)
  const reason = reasonNumber(request.reason ?? 'unspecified')
  return holding(parts, target.batchId, (lease) =>
    replace(parts, lease, target, { reason, mail: request.mail === true }),
  )
}

/**
 * Seals anew what is owed, of this issuer's: the journal says that its link was replaced, and the store is an older copy.
 * What no copy of the documents has stays owed; `fsck` names it.
 */
export async function resealOwed(parts: ResealParts, ofBatch?: string): Promise<void> {
  for (const { batchId, index, oldCid, reason } of await parts.store.owedResealings(ofBatch)) {
    const batch = await parts.store.findBatch({ id: batchId })
    if (batch?.issuer !== parts.issuer) continue
    await holding(parts, batchId, async (lease) => {
      if ((await parts.store.findOwed(oldCid)) === undefined) return
      await replace(parts, lease, { batchId, index }, { reason, mail: false }).catch(ignoreLost)
    })
  }
}

function ignoreLost(error: unknown): void {
  if (!(error instanceof BlockError)) throw error
}

async function replace(
  parts: ResealParts,
  lease: () => Lease,
  { batchId, index }: Pick<StoredCertificate, 'batchId' | 'index'>,
  { reason, mail }: { readonly reason: number; readonly mail: boolean },
): Promise<ResealReport> {
  await finishAll(parts, lease, batchId)
  const batch = await anchoredBatch(parts, { batchId })
  if (batch.permanent) {
    throw new IssuingError('permanent-link', 'a permanent link cannot be called back')
  }
  const [old] = await parts.store.certificatesOf(batchId, index, 1)
  if (old?.sealedLearner === undefined || old.serverKey === undefined) {
    throw new IssuingError('erased', `certificate ${index} is erased`)
  }
  if (mail) refuseUnaddressed(parts.vaultAt(batch.masterVersion), old, old.sealedLearner)
  const sealing = nextSealing(await parts.journal.read(), old)
  const next = await sealedAnew(parts, batch, old, sealing)
  await parts.documents.put([next.block])
  const common = { batchId, index, reason, at: parts.now() }
  // From here on it is decided: a copy of the store from before does not give the old key out either.
  await parts.journal.append({ kind: 'reseal', cid: old.cid, ...common, sealing })
  const resealing = { ...common, oldCid: old.cid, oldManifest: batch.manifest }
  await parts.store.reseal(resealing, lease(), next.row, mail)
  await renewEnvelopes(parts, old)
  const damaged = await finish(parts, lease, { ...resealing, isDone: false })
  const { actor, issuer } = parts
  const entry = { action: 'reseal', subject: old.cid, actor, issuer }
  await parts.store.audit({ at: parts.now(), ...entry })
  const linkSecret = linkSecretOf(secretOf(parts, batch), index, sealing)
  const link = holderLink(parts.publicUrl, next.row.cid, linkSecret)
  return { batchId, index, oldCid: old.cid, cid: next.row.cid, link, damaged }
}

function refuseUnaddressed(
  vault: Vault,
  { batchId, row, index }: StoredCertificate,
  sealedLearner: Uint8Array,
): void {
  const { email } = parseLearner(vault.open(sealedLearner, places.learner(batchId, row)))
  if (email !== undefined) return
  throw new IssuingError('no-address', `certificate ${index} has no address to write to`)
}

/** Ends what another process began. */
export async function resumeResealings(parts: FinishParts): Promise<void> {
  for (const { batchId } of await parts.store.unfinishedResealings()) {
    await holding(parts, batchId, (lease) => finishAll(parts, lease, batchId))
  }
}

/** Ends what was begun on a batch that the caller holds. */
export async function finishAll(
  parts: FinishParts,
  lease: () => Lease,
  batchId: string,
): Promise<void> {
  for (const one of await parts.store.unfinishedResealings(batchId)) await finish(parts, lease, one)
}

async function sealedAnew(
  parts: ResealParts,
  batch: AnchoredBatch,
  old: StoredCertificate,
  sealing: number,
): Promise<{ block: Block; row: SealedCertificate }> {
  const { index } = old
  const secret = secretOf(parts, batch)
  const block = await parts.documents.get(old.cid, batch.manifest)
  const oldSecret = linkSecretOf(secret, index, old.sealing)
  const bytes = await openCertificate(block, oldSecret, old.serverKey)
  const certificate = parseCertificate(bytes)
  invariant(
    certificate.index === index && commitmentOfCertificate(certificate) === hexOf(old.commitment),
    `the document ${old.cid} is certificate ${index}`,
  )
  const linkSecret = linkSecretOf(secret, index, sealing)
  const serverKey = new Uint8Array(randomBytes(SERVER_KEY_BYTES))
  const sealed = await sealCertificate(bytes, linkSecret, serverKey)
  return {
    block: sealed,
    row: {
      index,
      cid: sealed.cid,
      sealing,
      serverKey,
      keyAuthHash: sha256(serverKeyAuthOf(linkSecret)),
      ownerHash: sha256(ownerTokenOf(linkSecret)),
    },
  }
}

/**
 * The batch under its new manifest, and nothing of the old ciphertext in either copy. Every step may have been done
 * before. Answers with the documents that neither copy has whole any more.
 */
async function finish(
  { store, documents }: FinishParts,
  lease: () => Lease,
  resealing: Resealing,
): Promise<string[]> {
  const { batchId, index, oldCid, oldManifest } = resealing
  const cids = await cidsOf({ store }, batchId)
  const old = manifestOf(cids.with(index, oldCid))
  invariant(old.root === oldManifest, `the manifest of batch ${batchId} was its own`)
  const next = manifestOf(cids)
  await documents.put(next.blocks)
  // What only the old CAR holds whole is taken from it while it is there.
  for (const cid of cids) await healed(documents, cid, oldManifest)
  const damaged = await documents.remove(oldCid, next.root, inCarOrder(next.blocks, cids))
  await store.setManifest(batchId, lease(), next.root)
  const kept = new Set(next.blocks.map(({ cid }) => cid))
  const nodes = old.blocks.map(({ cid }) => cid).filter((cid) => !kept.has(cid))
  await documents.dropCar(oldManifest, nodes)
  await store.finishResealing(resealing)
  return damaged
}

async function healed(
  documents: IssuingParts['documents'],
  cid: string,
  root: string,
): Promise<void> {
  try {
    await documents.get(cid, root)
  } catch (error) {
    // Erased, or lost in both copies: the removal that follows tells which are.
    if (!(error instanceof BlockError)) throw error
  }
}
