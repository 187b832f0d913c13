import { concat } from '../primitives/bytes.ts'
import { invariant } from '../primitives/errors.ts'
import { bytesOfCid, CID_BYTES, cidOfNode, DIGEST_BYTES, parseCid } from './cid.ts'

/** Most links in one node, which then has 168 kB. */
export const MAX_LINKS = 4096

export interface ManifestNode {
  readonly cid: string
  readonly bytes: Uint8Array
}

/** The nodes that tie a batch together: one recursive pin of `root` keeps every certificate. */
export interface Manifest {
  readonly root: string
  /** Level by level from the lowest, each from the left; the root is the last. */
  readonly blocks: readonly ManifestNode[]
}

/** Tag 42 (a CID), a byte string of 37 bytes, and the identity multibase's 0x00 (https://ipld.io/specs/codecs/dag-cbor/spec/). */
const LINK_HEAD = Uint8Array.of(0xd8, 0x2a, 0x58, 37, 0x00)

/**
 * Lays a manifest over the blocks of a batch (SPEC section 8).
 * @param certificates CIDs of the sealed certificates, in index order, at least one
 * @param others CIDs of further blocks in any order; they are listed in byte order, each once
 * @throws FormatError `bad-cid`
 */
export function manifestOf(
  certificates: readonly string[],
  others: readonly string[] = [],
): Manifest {
  invariant(certificates.length > 0, 'a batch has certificates')
  const further = [...new Set(others)].map((cid) => cidBytes(cid, 'others')).sort(compareBytes)
  const laying = lay(certificates.length + further.length, (at) => {
    const text = certificates[at]
    if (text !== undefined) return cidBytes(text, `certificates/${at}`)
    const other = further[at - certificates.length]
    invariant(other !== undefined, 'a link has a CID')
    return other
  })
  for (;;) {
    const step = laying.next()
    if (step.done === true) return step.value
  }
}

/**
 * The same manifest; after every node `breathe` is waited for, so that whoever shares the thread is not kept from it for
 * the seconds that a million certificates take. What it throws ends the work.
 * @param digests of the sealed certificates, 32 bytes each, in index order
 */
export async function layManifest(
  digests: Uint8Array,
  breathe: () => Promise<void>,
): Promise<Manifest> {
  const linkAt = (at: number): Uint8Array =>
    bytesOfCid({
      codec: 'raw',
      digest: digests.subarray(DIGEST_BYTES * at, DIGEST_BYTES * (at + 1)),
    })
  const laying = lay(digests.length / DIGEST_BYTES, linkAt)
  for (;;) {
    const step = laying.next()
    if (step.done === true) return step.value
    await breathe()
  }
}

/**
 * How many bytes each node of a manifest over so many links has, in the order of its blocks: for whoever leaves room for
 * them before the certificates are known.
 */
export function manifestLengths(count: number): number[] {
  invariant(count > 0, 'a batch has certificates')
  const lengths: number[] = []
  for (let length = count; ;) {
    const nodes = Math.ceil(length / MAX_LINKS)
    for (let node = 0; node < nodes; node++) {
      const links = Math.min(MAX_LINKS, length - MAX_LINKS * node)
      lengths.push(arrayHead(links).length + (LINK_HEAD.length + CID_BYTES) * links)
    }
    if (nodes === 1) return lengths
    length = nodes
  }
}

/** Yields after every node; `linkAt` gives the bytes of a CID, and is asked for a node's at a time. */
function* lay(count: number, linkAt: (at: number) => Uint8Array): Generator<undefined, Manifest> {
  invariant(count > 0, 'a batch has certificates')
  const blocks: ManifestNode[] = []
  let length = count
  let bytesAt = linkAt
  for (;;) {
    // Filled from the left, so that only the last node may be short.
    const nodes: ManifestNode[] = []
    for (let from = 0; from < length; from += MAX_LINKS) {
      const links = Math.min(MAX_LINKS, length - from)
      const bytes = nodeOf(Array.from({ length: links }, (_, i) => bytesAt(from + i)))
      nodes.push({ cid: cidOfNode(bytes), bytes })
      yield
    }
    blocks.push(...nodes)
    const root = nodes.at(-1)
    if (nodes.length === 1 && root !== undefined) return { root: root.cid, blocks }
    length = nodes.length
    bytesAt = (at) => cidBytes(nodes[at]?.cid ?? '', 'node')
  }
}

/** A dag-cbor array of links. */
function nodeOf(cids: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concat(arrayHead(cids.length), ...cids.flatMap((cid) => [LINK_HEAD, cid]))
}

/** CBOR's head of an array in its shortest form (RFC 8949 section 3), up to 65,535 items. */
function arrayHead(length: number): Uint8Array {
  if (length < 24) return Uint8Array.of(0x80 | length)
  if (length < 256) return Uint8Array.of(0x98, length)
  return Uint8Array.of(0x99, length >> 8, length & 255)
}

function cidBytes(text: string, field: string): Uint8Array {
  return bytesOfCid(parseCid(text, field))
}

/** Order by bytes: base32's letters sort otherwise, its digits standing for more than its letters. */
function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, place) => byte !== b[place])
  return (a[at] ?? 0) - (b[at] ?? 0)
}
