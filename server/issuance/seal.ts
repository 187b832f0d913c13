/** A draft becomes certificates, each checked by whoever made it, sealed, and laid down in the documents. */

import { createHash, randomBytes } from 'node:crypto'
import {
  alikeCertificates,
  certificateOf,
  growTree,
  hexOf,
  invariant,
  linkSecretOf,
  ownerTokenOf,
  parseCredential,
  parseJson,
  parsePointer,
  pathLeadsTo,
  saltsOf,
  serverKeyAuthOf,
} from '../../src/index.ts'
import type { Certificate, Commitment, HidablePointer, Tree } from '../../src/index.ts'
import type { Block } from '../ipfs/documents.ts'
import { sealCertificate } from '../ipfs/sealing.ts'
import type {
  Batch,
  DraftedBatch,
  IndexedDraft,
  SealedBatch,
  SealedCertificate,
} from '../storage/store.ts'
import { breathingFor, CHUNK, places } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'

/** Every certificate is sealed for the first time: `sealing` counts from 0. */
const FIRST_SEALING = 0
const SERVER_KEY_BYTES = 32
const COMMITMENT_BYTES = 32

/** Seals what is not sealed yet, in index order, and marks the batch. Called again after a crash it goes on. */
export async function sealBatch(
  parts: IssuingParts,
  work: Work,
  batch: DraftedBatch,
): Promise<SealedBatch> {
  const { store, documents } = parts
  const commitments = packed(await store.commitmentsOf(batch.id))
  const tree = await growTree(commitments, breathingFor(parts, work))
  const alike = alikeCertificates()
  const secret = secretOf(parts, batch)
  const pointers = batch.pointers.map((pointer) => parsePointer(pointer, 'pointers'))
  for (let from = 0; from < batch.size; from += CHUNK) {
    await work.renew()
    const drafts = await store.draftsOf(batch.id, from, CHUNK)
    const already = new Set(
      (await store.certificatesOf(batch.id, from, CHUNK)).map(({ index }) => index),
    )
    const blocks: Block[] = []
    const sealed: SealedCertificate[] = []
    for (const draft of drafts.filter(({ index }) => !already.has(index))) {
      const certificate = certificateFor(parts, batch, pointers, tree, draft)
      const { index } = certificate
      const isHeld = leads(certificate, alike.commitmentOf(certificate), draft)
      invariant(isHeld, `certificate ${index} of batch ${batch.id} leads to its root`)
      const one = await sealOne(alike.print(certificate), index, secret, batch.permanent)
      blocks.push(one.block)
      sealed.push(one.row)
    }
    // Blocks first: a row that names a block promises that it is there.
    await documents.put(blocks)
    await store.addSealed(batch.id, work.lease(), sealed)
    work.progress({ step: 'seal', done: Math.min(from + CHUNK, batch.size), total: batch.size })
  }
  return store.markSealed(batch.id, work.lease(), tree.root)
}

/** The batch secret, from under the master key. */
export function secretOf(
  { vaultAt }: Pick<IssuingParts, 'vaultAt'>,
  batch: Pick<Batch, 'id' | 'sealedSecret' | 'masterVersion'>,
): Uint8Array {
  invariant(batch.sealedSecret !== undefined, `batch ${batch.id} still has its secret`)
  return vaultAt(batch.masterVersion).open(batch.sealedSecret, places.batchSecret(batch.id))
}

/** Commitments one after the other, as a tree takes them. */
function packed(commitments: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(COMMITMENT_BYTES * commitments.length)
  for (const [at, commitment] of commitments.entries()) {
    invariant(commitment.length === COMMITMENT_BYTES, 'a commitment has 32 bytes')
    bytes.set(commitment, COMMITMENT_BYTES * at)
  }
  return bytes
}

/** A commitment as the store keeps it, 32 bytes. */
export function parseCommitment(bytes: Uint8Array): Commitment {
  invariant(bytes.length === COMMITMENT_BYTES, 'a commitment has 32 bytes')
  return hexOf(bytes) as Commitment
}

function certificateFor(
  { vaultAt, home, issuer }: IssuingParts,
  { id: batchId, masterVersion }: DraftedBatch,
  pointers: readonly HidablePointer[],
  tree: Tree,
  draft: IndexedDraft,
): Certificate {
  const { row, index } = draft
  const vault = vaultAt(masterVersion)
  const bytes = vault.open(draft.sealedCredential, places.credential(batchId, row))
  const seed = vault.open(draft.sealedSeed, places.seed(batchId, row))
  const { salt, byPointer } = saltsOf(seed, pointers)
  const { root, size } = tree
  return certificateOf(parseCredential(parseJson(bytes)), {
    home,
    issuer,
    root,
    size,
    index,
    path: tree.pathOf(index),
    salt,
    disclosed: byPointer,
    hidden: new Map(),
  })
}

/** Whoever makes a certificate checks it: its commitment is the one that was drafted, and leads to the root. */
function leads(certificate: Certificate, commitment: Commitment, draft: IndexedDraft): boolean {
  const { root, size, index, path } = certificate
  return (
    commitment === parseCommitment(draft.commitment) &&
    pathLeadsTo({ root, size, index, commitment, path })
  )
}

async function sealOne(
  bytes: Uint8Array,
  index: number,
  batchSecret: Uint8Array,
  isPermanent: boolean,
): Promise<{ block: Block; row: SealedCertificate }> {
  const linkSecret = linkSecretOf(batchSecret, index, FIRST_SEALING)
  const serverKey = isPermanent ? undefined : new Uint8Array(randomBytes(SERVER_KEY_BYTES))
  const block = await sealCertificate(bytes, linkSecret, serverKey)
  const row = {
    index,
    cid: block.cid,
    sealing: FIRST_SEALING,
    serverKey,
    keyAuthHash: sha256(serverKeyAuthOf(linkSecret)),
    ownerHash: sha256(ownerTokenOf(linkSecret)),
  }
  return { block, row }
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}
