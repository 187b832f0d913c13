/** Walking a batch from the root of its manifest (SPEC section 8): dag-cbor nodes that list links, down to raw blocks. */

import { decode } from '@ipld/dag-cbor'
import { CID } from 'multiformats/cid'
import { FormatError, parseCid } from '../../src/index.ts'
import type { Block } from './documents.ts'

/**
 * The CIDs that a block links to, in order: none for a raw one. Throws `FormatError` `block-damaged` where a node is no
 * list of links, as every node of a manifest is.
 */
export function linksOf(cid: string, bytes: Uint8Array): string[] {
  if (parseCid(cid, 'cid').codec === 'raw') return []
  const node = decoded(cid, bytes)
  if (!Array.isArray(node)) throw noManifest(cid)
  return node.map((link: unknown) => {
    const found = CID.asCID(link)
    if (found === null) throw noManifest(cid)
    return parseCid(found.toString(), cid).text
  })
}

function decoded(cid: string, bytes: Uint8Array): unknown {
  try {
    return decode(bytes)
  } catch {
    throw noManifest(cid)
  }
}

function noManifest(cid: string): FormatError {
  return new FormatError('block-damaged', cid, `${cid} is no node of a manifest`)
}

/**
 * The blocks from a root downwards, depth first, each node before what it links to. What `read` answers `undefined` for
 * is left out, and what lies below it.
 */
export async function* depthFirst(
  root: string,
  read: (cid: string) => Promise<Uint8Array | undefined>,
): AsyncGenerator<Block> {
  const left = [root]
  for (let cid = left.pop(); cid !== undefined; cid = left.pop()) {
    const bytes = await read(cid)
    if (bytes === undefined) continue
    yield { cid, bytes }
    left.push(...linksOf(cid, bytes).toReversed())
  }
}

/** The blocks of a batch in the order of its CAR: levels of nodes from the root, each from the right, then the rest. */
export async function inCarOrderBelow(
  root: string,
  read: (cid: string) => Promise<Uint8Array>,
): Promise<string[]> {
  const ordered: string[] = []
  let level = [root]
  for (;;) {
    const isNodes = level.every((cid) => parseCid(cid, root).codec === 'dag-cbor')
    if (!isNodes) return [...ordered, ...level]
    ordered.push(...level.toReversed())
    const below: string[] = []
    for (const cid of level) below.push(...linksOf(cid, await read(cid)))
    level = below
    if (level.length === 0) return ordered
  }
}
