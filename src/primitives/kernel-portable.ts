import { expand } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { concat, utf8 } from './bytes.ts'
import type { HashKernel } from './kernel-port.ts'

const NODE = 32

/** Every runtime has what this needs; a tree takes some fifteen times as long as with SIMD. */
export const PORTABLE_KERNEL: HashKernel = {
  kind: 'portable',
  sha256: (bytes) => sha256(bytes),
  sha256Text: (text) => sha256(utf8(text)),
  hmac: (key, parts) => hmac(sha256, key, concat(...parts)),
  hmacText: (key, text) => hmac(sha256, key, utf8(text)),
  expand: (key, info, length) => expand(sha256, key, info, length),
  keccak256: (bytes) => keccak_256(bytes),
  leaves: (commitments, first, into) => {
    const row = new Uint8Array(2 * NODE)
    const view = new DataView(row.buffer)
    for (let from = 0; from < commitments.length; from += NODE) {
      view.setUint32(NODE - 4, first + from / NODE)
      row.set(commitments.subarray(from, from + NODE), NODE)
      into.set(keccak_256(keccak_256(row)), into.length - NODE - from)
    }
  },
  parents: (children, into) => {
    for (let to = 0; to < into.length; to += NODE) {
      const left = children.subarray(2 * to, 2 * to + NODE)
      into.set(parentOf(left, children.subarray(2 * to + NODE, 2 * to + 2 * NODE)), to)
    }
  },
  climb: (node, siblings) => {
    let at = Uint8Array.from(node)
    for (let from = 0; from < siblings.length; from += NODE) {
      at = parentOf(at, siblings.subarray(from, from + NODE))
    }
    return at
  },
}

/** `keccak256` of two nodes, the lesser first, as OpenZeppelin's `Hashes.commutativeKeccak256`. */
function parentOf(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const pair = new Uint8Array(2 * NODE)
  const leftFirst = isAtMost(left, right)
  pair.set(leftFirst ? left : right)
  pair.set(leftFirst ? right : left, NODE)
  return keccak_256(pair)
}

function isAtMost(left: Uint8Array, right: Uint8Array): boolean {
  for (let at = 0; at < NODE; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return true
}
