/** Some drafts of a batch become sealed certificates: what a thread can do that has no store and no master key. */

import {
  alikeCertificates,
  linkSecretOf,
  ownerTokenOf,
  Pen,
  saltBytesOf,
  serverKeyAuthOf,
  sha256,
} from '../../src/index.ts'
import type { AlikeCertificates, BatchProofs, RoomFor } from '../../src/index.ts'
import { freshBytes } from '../keys/fresh.ts'
import type { Block } from '../ipfs/documents.ts'
import { sealCertificate } from '../ipfs/sealing.ts'
import type { SealedBlock } from '../ipfs/sealing.ts'
import { growSegment } from '../ipfs/segment.ts'
import type { SealedCertificate } from '../storage/store.ts'
import { unpack } from './frames.ts'
import type { Frame } from './frames.ts'
import { lastMade } from './last-made.ts'

/** Every certificate is sealed for the first time: `sealing` counts from 0. */
const FIRST_SEALING = 0
const SERVER_KEY_BYTES = 32

/** What all certificates of a batch have in common; the secret is the batch's, opened. */
export type BatchFacts = BatchProofs & {
  readonly id: string
  readonly permanent: boolean
  readonly secret: Uint8Array
}

/** A draft, opened. */
export type OpenDraft = {
  readonly index: number
  /** The credential's canonical bytes, packed or whole. */
  readonly credential: Uint8Array
  readonly seed: Uint8Array
  /** 32 bytes each, from the leaf's sibling on. */
  readonly path: Uint8Array
}

export type SealTask = {
  readonly kind: 'seal'
  readonly batch: BatchFacts
  readonly drafts: readonly OpenDraft[]
  /** What drafts are packed with. */
  readonly frame?: Frame | undefined
  /** Where the sealed blocks are wanted as one segment: room for it, which need not do. Otherwise each is by itself. */
  readonly room?: ArrayBuffer | undefined
}

export type SealedPart = {
  readonly blocks: readonly Block[] | { readonly segment: Uint8Array<ArrayBuffer> }
  readonly rows: readonly SealedCertificate[]
}

/**
 * Seals parts of batches one after the other; what the certificates of one batch share is printed once. Whether each is
 * what was drafted is proven of what is read back from storage.
 */
export function sealer(): (task: SealTask) => Promise<SealedPart> {
  const alikeIn = alikeByBatch()
  const pen = new Pen()
  return async ({ batch, drafts, frame, room }) => {
    const alike = alikeIn(batch)
    const segment = room && growSegment(drafts.length, room)
    const blocks: Block[] = []
    const rows: SealedCertificate[] = []
    for (const draft of drafts) {
      const salts = saltBytesOf(draft.seed, batch.pointers.length)
      const bytes = alike.join(unpack(draft.credential, frame, pen), draft, salts)
      const { block, row } = await sealOne(bytes, draft.index, batch, segment?.roomFor)
      if (segment === undefined) blocks.push(block)
      else segment.add(block.digest)
      rows.push(row)
    }
    return { blocks: segment === undefined ? blocks : { segment: segment.written() }, rows }
  }
}

/** What the certificates of a batch share, kept for as long as its parts come one after the other. */
export function alikeByBatch(): (batch: BatchFacts) => AlikeCertificates {
  return lastMade(alikeCertificates, (a: BatchFacts, b) => a.id === b.id && a.root === b.root)
}

async function sealOne(
  bytes: Uint8Array,
  index: number,
  { secret, permanent }: BatchFacts,
  roomFor?: RoomFor,
): Promise<{ block: SealedBlock; row: SealedCertificate }> {
  const linkSecret = linkSecretOf(secret, index, FIRST_SEALING)
  const serverKey = permanent ? undefined : freshBytes(SERVER_KEY_BYTES)
  const block = await sealCertificate(bytes, linkSecret, serverKey, roomFor)
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
