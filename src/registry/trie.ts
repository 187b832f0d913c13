import { bytesOfHex, hexOf } from '../primitives/bytes.ts'
import type { Hash32, Hex } from '../primitives/bytes.ts'
import { FormatError } from '../primitives/errors.ts'
import { keccak256 } from '../primitives/hash.ts'
import { decodeRlpList, encodeRlp, isList } from './rlp.ts'
import type { RlpItem } from './rlp.ts'

/** keccak256 of the RLP of the empty string: the root of a trie that holds nothing. */
export const EMPTY_TRIE_ROOT =
  '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421' as Hash32

const BRANCH_ITEMS = 17
const HASH_BYTES = 32

/** Why nodes prove nothing; each has its case in `test/vectors/trie.json`. */
export type TrieFault =
  | 'empty-key'
  | 'no-node'
  | 'wrong-hash'
  | 'not-rlp'
  | 'not-a-node'
  | 'bad-path'
  | 'bad-child'
  | 'empty-value'
  | 'node-left-over'

/** What a list of nodes shows of a key: its value, that it has none (`undefined`), or nothing. */
export type Proven =
  | { readonly holds: true; readonly value: Uint8Array | undefined }
  | { readonly holds: false; readonly fault: TrieFault }

/** A node and its keccak256. */
export interface TrieNode {
  readonly hash: Hash32
  readonly items: readonly RlpItem[]
}

/** Reads nodes by their hex; proofs of one trie share their upper nodes, which are read and hashed once. */
export type NodeReader = (hex: Hex) => TrieNode

class Broken extends Error {
  readonly fault: TrieFault

  constructor(fault: TrieFault) {
    super(fault)
    this.fault = fault
  }
}

export function nodeReader(): NodeReader {
  const known = new Map<Hex, TrieNode>()
  return (hex) => {
    const seen = known.get(hex)
    if (seen !== undefined) return seen
    const bytes = bytesOfHex(hex)
    const node = { hash: hexOf(keccak256(bytes)) as Hash32, items: itemsOf(bytes) }
    known.set(hex, node)
    return node
  }
}

/**
 * Walks a Merkle-Patricia trie from `root` along `key` through the nodes of an `eth_getProof` (SPEC section 14.3; Yellow
 * Paper, appendix D). Every node is bound by its hash to its parent and all must be used: nothing is believed.
 * @param nodes from the root down, RLP in hex; nodes that stand inside their parent may be listed or not
 */
export function proveKey(
  root: Hash32,
  key: Uint8Array,
  nodes: readonly Hex[],
  read: NodeReader = nodeReader(),
): Proven {
  if (key.length === 0) return { holds: false, fault: 'empty-key' }
  if (nodes.length === 0) {
    return root === EMPTY_TRIE_ROOT
      ? { holds: true, value: undefined }
      : { holds: false, fault: 'no-node' }
  }
  try {
    return { holds: true, value: walk(root, nibblesOf(key), nodes, read) }
  } catch (error) {
    if (error instanceof Broken) return { holds: false, fault: error.fault }
    throw error
  }
}

function walk(
  root: Hash32,
  key: readonly number[],
  nodes: readonly Hex[],
  read: NodeReader,
): Uint8Array | undefined {
  let used = 0
  const next = (hash: Hash32): readonly RlpItem[] => {
    const hex = nodes[used]
    if (hex === undefined) throw new Broken('no-node')
    used += 1
    const node = read(hex)
    if (node.hash !== hash) throw new Broken('wrong-hash')
    return node.items
  }
  let items = next(root)
  let rest = key
  for (;;) {
    const step =
      items.length === BRANCH_ITEMS ? throughBranch(items, rest) : throughPath(items, rest)
    if (step.child === undefined) {
      if (used !== nodes.length) throw new Broken('node-left-over')
      return step.value
    }
    rest = step.rest
    if (!isList(step.child)) {
      if (step.child.length !== HASH_BYTES) throw new Broken('bad-child')
      items = next(hexOf(step.child) as Hash32)
      continue
    }
    const encoded = encodeRlp(step.child)
    if (encoded.length >= HASH_BYTES) throw new Broken('bad-child')
    if (nodes[used] === hexOf(encoded)) used += 1
    items = step.child
  }
}

type Step =
  | { readonly child: RlpItem; readonly rest: readonly number[] }
  | { readonly child?: undefined; readonly value: Uint8Array | undefined }

const ABSENT: Step = { value: undefined }

function throughBranch(items: readonly RlpItem[], key: readonly number[]): Step {
  const [nibble, ...rest] = key
  const item = items[nibble ?? BRANCH_ITEMS - 1]
  if (item === undefined) throw new Broken('not-a-node')
  const isEmpty = !isList(item) && item.length === 0
  if (isEmpty) return ABSENT
  if (nibble !== undefined) return { child: item, rest }
  if (isList(item)) throw new Broken('not-a-node')
  return { value: item }
}

/** A leaf or an extension: its first item packs a path and tells which (Yellow Paper, appendix C). */
function throughPath(items: readonly RlpItem[], key: readonly number[]): Step {
  const [packed, target] = items
  if (items.length !== 2 || packed === undefined || target === undefined || isList(packed)) {
    throw new Broken('not-a-node')
  }
  const [flag, ...nibbles] = nibblesOf(packed)
  if (flag === undefined || flag > 3) throw new Broken('bad-path')
  const isOdd = flag % 2 === 1
  if (!isOdd && nibbles.shift() !== 0) throw new Broken('bad-path')
  const begins = nibbles.every((nibble, at) => key[at] === nibble)
  if (flag < 2) {
    if (nibbles.length === 0) throw new Broken('bad-path')
    return begins ? { child: target, rest: key.slice(nibbles.length) } : ABSENT
  }
  if (isList(target)) throw new Broken('not-a-node')
  if (target.length === 0) throw new Broken('empty-value')
  return begins && nibbles.length === key.length ? { value: target } : ABSENT
}

function itemsOf(bytes: Uint8Array): readonly RlpItem[] {
  try {
    return decodeRlpList(bytes, 'node')
  } catch (error) {
    if (error instanceof FormatError) throw new Broken('not-rlp')
    throw error
  }
}

function nibblesOf(bytes: Uint8Array): number[] {
  return [...bytes].flatMap((byte) => [byte >> 4, byte & 15])
}
