/** Some drafts of a batch become sealed certificates: what a thread can do that has no store and no master key. */

import {
  alikeCertificates,
  hexesOf,
  linkSecretOf,
  ownerTokenOf,
  parseHash32,
  saltsOf,
  serverKeyAuthOf,
} from '../../src/index.ts'
import type { Address, BatchRoot, HidablePointer, Home, Proof } from '../../src/index.ts'
import { freshBytes } from '../keys/fresh.ts'
import type { Block } from '../ipfs/documents.ts'
import { sha256 } from '../ipfs/hash.ts'
import { sealCertificate } from '../ipfs/sealing.ts'
import { segmentOf } from '../ipfs/segment.ts'
import type { SealedCertificate } from '../storage/store.ts'

/** Every certificate is sealed for the first time: `sealing` counts from 0. */
const FIRST_SEALING = 0
const SERVER_KEY_BYTES = 32
const HASH_BYTES = 32

/** What all certificates of a batch have in common; the secret is the batch's, opened. */
export type BatchFacts = {
  readonly id: string
  readonly home: Home
  readonly issuer: Address
  readonly root: BatchRoot
  readonly size: number
  readonly pointers: readonly HidablePointer[]
  readonly permanent: boolean
  readonly secret: Uint8Array
}

/** A draft, opened. */
export type OpenDraft = {
  readonly index: number
  /** The credential's canonical bytes. */
  readonly credential: Uint8Array
  readonly seed: Uint8Array
  /** 32 bytes each, from the leaf's sibling on. */
  readonly path: Uint8Array
}

export type SealTask = {
  readonly kind: 'seal'
  readonly batch: BatchFacts
  readonly drafts: readonly OpenDraft[]
  /** Whether the sealed blocks are wanted as one segment, or each by itself. */
  readonly asSegment?: boolean
}

export type SealedPart = {
  readonly blocks: readonly Block[] | { readonly segment: Uint8Array }
  readonly rows: readonly SealedCertificate[]
}

/**
 * Seals parts of batches one after the other; what the certificates of one batch share is printed once. Whether each is
 * what was drafted is proven of what is read back from storage.
 */
export function sealer(): (task: SealTask) => Promise<SealedPart> {
  let batchId: string | undefined
  let alike = alikeCertificates()
  return async ({ batch, drafts, asSegment }) => {
    if (batchId !== batch.id) alike = alikeCertificates()
    batchId = batch.id
    const blocks: Block[] = []
    const rows: SealedCertificate[] = []
    for (const draft of drafts) {
      const bytes = alike.join(draft.credential, proofOf(batch, draft))
      const { block, row } = await sealOne(bytes, draft.index, batch)
      blocks.push(block)
      rows.push(row)
    }
    return { blocks: asSegment === true ? { segment: segmentOf(blocks) } : blocks, rows }
  }
}

function proofOf(batch: BatchFacts, draft: OpenDraft): Proof {
  const { salt, byPointer } = saltsOf(draft.seed, batch.pointers)
  return {
    home: batch.home,
    issuer: batch.issuer,
    root: batch.root,
    size: batch.size,
    index: draft.index,
    path: hexesOf(draft.path, HASH_BYTES).map((hash) => parseHash32(hash, 'path')),
    salt,
    disclosed: byPointer,
    hidden: new Map(),
  }
}

async function sealOne(
  bytes: Uint8Array,
  index: number,
  { secret, permanent }: BatchFacts,
): Promise<{ block: Block; row: SealedCertificate }> {
  const linkSecret = linkSecretOf(secret, index, FIRST_SEALING)
  const serverKey = permanent ? undefined : freshBytes(SERVER_KEY_BYTES)
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
