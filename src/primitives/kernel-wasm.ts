import { parseBase64url, utf8, utf8Into } from './bytes.ts'
import { KERNEL_CODE } from './kernel-code.ts'
import type { HashKernel } from './kernel-port.ts'

/** Places in the kernel's memory, as `kernel.wat` lays it out. */
const FIRST_STATE = 448
const STATE = 512
const DIGEST = 1344
const INNER = 1408
const OUTER = 1472
const INPUT = 2048
/** A state of SHA-256 and how many bytes it has seen. */
const STATE_BYTES = 40
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
    ...keyedBy(exports, memory),
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

/**
 * HMAC and HKDF-Expand. What hashing makes of a key alone is kept until there is another: a certificate's salts are made
 * under one key, and so are the search tags of an issuer.
 */
function keyedBy(
  { sha256 }: Exports,
  memory: Uint8Array<ArrayBuffer>,
): Pick<HashKernel, 'hmac' | 'hmacText' | 'expand'> {
  const input = memory.subarray(INPUT, INPUT + READ_BYTES)
  const words = new Uint32Array(memory.buffer)
  // For so few bytes a call of the engine's own costs more.
  const copy = (to: number, from: number, length: number): void => {
    for (let at = 0; at < length >> 2; at++) words[(to >> 2) + at] = words[(from >> 2) + at] ?? 0
  }
  const known = new Uint8Array(BLOCK_BYTES)
  let length = -1
  const isKnown = (key: Uint8Array): boolean => {
    if (key.length !== length) return false
    for (let at = 0; at < length; at++) if (key[at] !== known[at]) return false
    return true
  }
  const keep = (pad: number, into: number): void => {
    for (let at = 0; at < BLOCK_BYTES; at++) memory[INPUT + at] = (known[at] ?? 0) ^ pad
    sha256(BLOCK_BYTES, 1)
    copy(into, STATE, STATE_BYTES)
    copy(STATE, FIRST_STATE, NODE)
    memory.fill(0, STATE + NODE, STATE + STATE_BYTES)
  }
  const take = (key: Uint8Array): void => {
    if (isKnown(key)) return
    length = key.length
    known.fill(0)
    known.set(key)
    keep(INNER_PAD, INNER)
    keep(OUTER_PAD, OUTER)
  }
  const begin = (kept: number): void => {
    copy(STATE, kept, STATE_BYTES)
  }
  const end = (): void => {
    begin(OUTER)
    copy(INPUT, DIGEST, NODE)
    sha256(NODE, 0)
  }
  const hmac: HashKernel['hmac'] = (key, parts) => {
    take(key)
    begin(INNER)
    let filled = 0
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
    end()
    return memory.slice(DIGEST, DIGEST + NODE)
  }
  return {
    hmac,
    hmacText: (key, text) => {
      if (text.length * MOST_BYTES_A_UNIT > READ_BYTES) return hmac(key, [utf8(text)])
      take(key)
      begin(INNER)
      sha256(utf8Into(text, input), 0)
      end()
      return memory.slice(DIGEST, DIGEST + NODE)
    },
    expand: (key, info, bytes) => {
      take(key)
      const expanded = new Uint8Array(bytes)
      for (let at = 0; at < bytes; at += NODE) {
        const before = at === 0 ? 0 : NODE
        begin(INNER)
        copy(INPUT, DIGEST, before)
        memory.set(info, INPUT + before)
        memory[INPUT + before + info.length] = at / NODE + 1
        sha256(before + info.length + 1, 0)
        end()
        const rest = Math.min(NODE, bytes - at)
        for (let byte = 0; byte < rest; byte++) expanded[at + byte] = memory[DIGEST + byte] ?? 0
      }
      return expanded
    },
  }
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
