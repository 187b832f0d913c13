import { parseBase64url, utf8, utf8Into } from './bytes.ts'
import { KERNEL_CODE } from './kernel-code.ts'
import type { HashKernel } from './kernel-port.ts'

/** Places in the kernel's memory, as `kernel.wat` lays it out. */
const DIGEST = 1344
const INPUT = 2048
/** So many bytes are read at a time: whole blocks of SHA-256 (64) and of Keccak-256 (136). */
const READ_BYTES = 60 * 64 * 17
/** A UTF-16 code unit becomes at most so many bytes of UTF-8. */
const MOST_BYTES_A_UNIT = 3
const NODE = 32
/** Of SHA-256; HMAC fills a key up to it. */
const BLOCK_BYTES = 64
const INNER_PAD = 0x36
const OUTER_PAD = 0x5c
/** So many nodes are hashed at a time: they and what is made of them fit beside each other, and into a core's cache. */
const AT_ONCE = 1024

/** What the kernel exports. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly sha256: (length: number, more: 0 | 1) => void
  readonly keccak256: (length: number, more: 0 | 1) => void
  readonly leaves: (first: number, count: number) => void
  readonly parents: (count: number) => void
  readonly climb: (count: number) => void
}

/** The engine as every runtime has it: the types of the DOM are not in sight here. */
interface Engine {
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: object }
}

/**
 * The kernel in WebAssembly; undefined where there is none: no engine, none with SIMD, or a page whose policy forbids it
 * (a Content-Security-Policy without 'wasm-unsafe-eval').
 */
export function kernelOfWasm(): HashKernel | undefined {
  const exports = instantiated()
  if (exports === undefined) return undefined
  const memory = new Uint8Array(exports.memory.buffer)
  const input = memory.subarray(INPUT, INPUT + READ_BYTES)
  const digestOf = (hash: Exports['sha256'], bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
    let from = 0
    for (; bytes.length - from > READ_BYTES; from += READ_BYTES) {
      memory.set(bytes.subarray(from, from + READ_BYTES), INPUT)
      hash(READ_BYTES, 1)
    }
    memory.set(from === 0 ? bytes : bytes.subarray(from), INPUT)
    hash(bytes.length - from, 0)
    return memory.slice(DIGEST, DIGEST + NODE)
  }
  return {
    kind: 'wasm',
    sha256: (bytes) => digestOf(exports.sha256, bytes),
    sha256Text: (text) => {
      if (text.length * MOST_BYTES_A_UNIT > READ_BYTES) return digestOf(exports.sha256, utf8(text))
      exports.sha256(utf8Into(text, input), 0)
      return memory.slice(DIGEST, DIGEST + NODE)
    },
    hmac: (key, parts) => hmacOf(exports, memory, key, parts),
    keccak256: (bytes) => digestOf(exports.keccak256, bytes),
    leaves: (commitments, first, into) => {
      for (let from = 0; from < commitments.length; from += AT_ONCE * NODE) {
        const part = commitments.subarray(from, from + AT_ONCE * NODE)
        memory.set(part, INPUT)
        exports.leaves(first + from / NODE, part.length / NODE)
        const leaves = memory.subarray(INPUT + part.length, INPUT + 2 * part.length)
        into.set(leaves, into.length - from - part.length)
      }
    },
    parents: (children, into) => {
      for (let to = 0; to < into.length; to += AT_ONCE * NODE) {
        const part = children.subarray(2 * to, 2 * (to + AT_ONCE * NODE))
        memory.set(part, INPUT)
        exports.parents(part.length / (2 * NODE))
        into.set(memory.subarray(INPUT, INPUT + part.length / 2), to)
      }
    },
    climb: (node, siblings) => {
      memory.set(node, INPUT)
      memory.set(siblings, INPUT + NODE)
      exports.climb(siblings.length / NODE)
      return memory.slice(DIGEST, DIGEST + NODE)
    },
  }
}

function hmacOf(
  { sha256 }: Exports,
  memory: Uint8Array<ArrayBuffer>,
  key: Uint8Array,
  parts: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  putKey(memory, key, INNER_PAD)
  let filled = BLOCK_BYTES
  for (const part of parts) {
    for (let from = 0; from < part.length;) {
      const room = Math.min(READ_BYTES - filled, part.length - from)
      memory.set(part.subarray(from, from + room), INPUT + filled)
      filled += room
      from += room
      if (filled < READ_BYTES) continue
      sha256(READ_BYTES, 1)
      filled = 0
    }
  }
  sha256(filled, 0)
  putKey(memory, key, OUTER_PAD)
  memory.copyWithin(INPUT + BLOCK_BYTES, DIGEST, DIGEST + NODE)
  sha256(BLOCK_BYTES + NODE, 0)
  return memory.slice(DIGEST, DIGEST + NODE)
}

function putKey(memory: Uint8Array, key: Uint8Array, pad: number): void {
  for (let at = 0; at < BLOCK_BYTES; at++) memory[INPUT + at] = (key[at] ?? 0) ^ pad
}

function instantiated(): Exports | undefined {
  try {
    const { Module, Instance } = parseEngine(Reflect.get(globalThis, 'WebAssembly'))
    const module = new Module(parseBase64url(KERNEL_CODE, 'kernel'))
    return parseExports(new Instance(module).exports)
  } catch {
    // Whatever the reason, the other kernel answers, and answers the same.
    return undefined
  }
}

function parseEngine(value: unknown): Engine {
  return value as Engine
}

/** The kernel's own functions: `kernel-code.ts` is made of `kernel.wat`, and of nothing else. */
function parseExports(value: object): Exports {
  return value as Exports
}
