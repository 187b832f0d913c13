/** Defends the hashing kernels: WebAssembly and plain JavaScript give the bytes that implementations of others give. */
import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { expect } from 'chai'
import { keccak256 as keccakOfEthers } from 'ethers'
import fc from 'fast-check'
import keccakOfPackage from 'keccak256'
import { hashWithNode } from '../../node/sha256.ts'
import { parseBase64url } from '../../src/primitives/bytes.ts'
import { InvariantError } from '../../src/primitives/errors.ts'
import { sha256, sha256Text } from '../../src/primitives/hash.ts'
import { KERNEL_CODE } from '../../src/primitives/kernel-code.ts'
import { PORTABLE_KERNEL } from '../../src/primitives/kernel-portable.ts'
import { kernelOfWasm } from '../../src/primitives/kernel-wasm.ts'
import { hashKernel, useSha256 } from '../../src/primitives/kernel.ts'
import type { HashKernel, Sha256Engine } from '../../src/primitives/kernel.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Around the ends of blocks (64 and 136 bytes), of their padding, and of the part that the kernel reads at a time. */
const PART = 65_280
const LENGTHS = [
  ...Array.from({ length: 300 }, (_, length) => length),
  ...[-1, 0, 1, 55, 56, 64, 135, 136].map((more) => PART + more),
  ...[-1, 0, 1].map((more) => 2 * PART + more),
  200_000,
]

function wasm(): HashKernel {
  const kernel = kernelOfWasm()
  if (kernel === undefined) throw new Error('this Node has no WebAssembly with SIMD')
  return kernel
}

/** Bytes without a pattern, the same for the same length. */
function bytesOf(length: number): Uint8Array {
  return new Uint8Array(createHash('shake256', { outputLength: length || 1 }).digest()).subarray(
    0,
    length,
  )
}

/** As hex. */
function hmacOfNode(key: string | Uint8Array, ...parts: readonly Uint8Array[]): string {
  return createHmac('sha256', key).update(Buffer.concat(parts)).digest('hex')
}

function parentOf(a: Uint8Array, b: Uint8Array): Buffer {
  return keccakOfPackage(Buffer.concat([a, b].toSorted((x, y) => Buffer.compare(x, y))))
}

function leafOf(index: number, commitment: Uint8Array): Buffer {
  const row = Buffer.alloc(64)
  row.writeUInt32BE(index, 28)
  row.set(commitment, 32)
  return keccakOfPackage(keccakOfPackage(row))
}

function nodesOf(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length / 32 }, (_, at) => bytes.subarray(32 * at, 32 * at + 32))
}

/** Nodes whose comparison is decided at any byte, at its highest bit too, or not at all. */
const nodes = fc.oneof(
  fc.uint8Array({ minLength: 32, maxLength: 32 }),
  fc
    .record({ at: fc.nat({ max: 31 }), byte: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff) })
    .map(({ at, byte }) => new Uint8Array(32).fill(0x80).with(at, byte)),
)

it('the kernel is small enough to be compiled on a page’s own thread, and Node runs it', () => {
  expect(parseBase64url(KERNEL_CODE, 'kernel')).to.have.length.at.most(4096)
  expect(hashKernel().kind).to.equal('wasm')
})

for (const [name, kernel] of [
  ['WebAssembly', wasm()],
  ['plain JavaScript', PORTABLE_KERNEL],
] as const) {
  describe(`the kernel in ${name}`, () => {
    it('hashes every length as Node, ethers and the keccak256 package do', () => {
      for (const length of LENGTHS) {
        const bytes = bytesOf(length)
        const sha = createHash('sha256').update(bytes).digest('hex')
        expect(hex(kernel.sha256(bytes)), `${length}`).to.equal(sha)
        const keccak = hex(kernel.keccak256(bytes))
        expect(keccak, `${length}`).to.equal(keccakOfPackage(Buffer.from(bytes)).toString('hex'))
        expect(`0x${keccak}`).to.equal(keccakOfEthers(bytes))
      }
    })

    it('hashes any bytes, whatever it hashed before', () => {
      const work = fc.record({ isSha: fc.boolean(), bytes: fc.uint8Array({ maxLength: 500 }) })
      fc.assert(
        fc.property(fc.array(work, { maxLength: 12 }), (list) => {
          for (const { isSha, bytes } of list) {
            const wanted = isSha ? createHash('sha256').update(bytes).digest() : undefined
            const ours = isSha ? kernel.sha256(bytes) : kernel.keccak256(bytes)
            expect(hex(ours)).to.equal(hex(wanted ?? keccakOfPackage(Buffer.from(bytes))))
            kernel.climb(new Uint8Array(32), bytes.subarray(0, 32 * (bytes.length >> 5)))
          }
        }),
      )
    })

    it('hashes a text as its UTF-8, however long', () => {
      for (const text of ['', 'a', 'é', '\u2028’', '\u{1f602}'.repeat(20), 'ﬀ'.repeat(22_000)]) {
        const wanted = createHash('sha256').update(text, 'utf8').digest('hex')
        expect(hex(kernel.sha256Text(text))).to.equal(wanted)
      }
    })

    it('makes HMACs as Node does, whatever the parts', () => {
      const part = fc.uint8Array({ maxLength: 200 })
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 64 }), fc.array(part), (key, parts) => {
          expect(hex(kernel.hmac(key, parts))).to.equal(hmacOfNode(key, ...parts))
        }),
      )
      for (const length of LENGTHS.filter((length) => length > 1000)) {
        const parts = [bytesOf(length - 64), bytesOf(3), bytesOf(61), bytesOf(length)]
        const wanted = hmacOfNode('key', ...parts)
        expect(hex(kernel.hmac(Buffer.from('key'), parts)), `${length}`).to.equal(wanted)
      }
    })

    it('makes HMACs under keys that come again, that begin alike, and that change in place', () => {
      const key = fc.constantFrom('', 'k', 'k\0', 'ke', 'key'.repeat(21), 'key'.repeat(20))
      const work = fc.record({ key, message: fc.uint8Array({ maxLength: 80 }) })
      fc.assert(
        fc.property(fc.array(work, { maxLength: 12 }), (list) => {
          for (const { key, message } of list) {
            expect(hex(kernel.hmac(Buffer.from(key), [message]))).to.equal(hmacOfNode(key, message))
            expect(hex(kernel.sha256(message))).to.equal(
              createHash('sha256').update(message).digest('hex'),
            )
          }
        }),
      )
      const changing = bytesOf(32)
      kernel.hmac(changing, [])
      changing[31] = 0
      expect(hex(kernel.hmac(changing, []))).to.equal(hmacOfNode(changing))
    })

    it('expands keys as Node does, to any length that HKDF has', () => {
      const bytes = fc.uint8Array({ maxLength: 64 })
      const info = fc.uint8Array({ maxLength: 1024 })
      const length = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(8159, 8160))
      fc.assert(
        fc.property(bytes, bytes, info, length, (salt, input, info, length) => {
          const key = kernel.hmac(salt, [input])
          const wanted = Buffer.from(hkdfSync('sha256', input, salt, info, length))
          expect(hex(kernel.expand(key, info, length))).to.equal(hex(wanted))
          expect(hex(kernel.hmac(key, [info]))).to.equal(hmacOfNode(key, info))
        }),
      )
    })

    it('joins pairs of nodes, and climbs, lesser first', () => {
      fc.assert(
        fc.property(fc.array(nodes, { minLength: 2, maxLength: 31 }), (list) => {
          const pairs = list.slice(0, list.length & ~1)
          const parents = new Uint8Array(16 * pairs.length)
          kernel.parents(new Uint8Array(Buffer.concat(pairs)), parents)
          const wanted = pairs.flatMap((node, at) =>
            at % 2 === 0 ? [parentOf(node, pairs[at + 1] ?? node)] : [],
          )
          expect(hex(parents)).to.equal(hex(Buffer.concat(wanted)))
          const [first = new Uint8Array(32), ...siblings] = list
          const root = siblings.reduce<Uint8Array>(
            (node, sibling) => parentOf(node, sibling),
            first,
          )
          const climbed = kernel.climb(first, new Uint8Array(Buffer.concat(siblings)))
          expect(hex(climbed)).to.equal(hex(root))
        }),
      )
    })

    it('makes leaves from the last to the first, at any index and in any number', () => {
      for (const first of [0, 1, 255, 2 ** 16 - 1, 2 ** 31 - 1, 2 ** 32 - 3]) {
        for (const count of [1, 2, 3]) {
          const commitments = bytesOf(32 * count)
          const leaves = new Uint8Array(32 * count)
          kernel.leaves(commitments, first, leaves)
          const wanted = nodesOf(commitments).map((row, at) => hex(leafOf(first + at, row)))
          expect(nodesOf(leaves).map(hex)).to.deep.equal(wanted.reverse())
        }
      }
    })

    it('takes more than it works on at a time, from and into shared memory', () => {
      const count = 2500
      const commitments = new Uint8Array(new SharedArrayBuffer(32 * count))
      commitments.set(bytesOf(32 * count))
      const leaves = new Uint8Array(new SharedArrayBuffer(32 * count))
      kernel.leaves(commitments, 7, leaves)
      const wanted = nodesOf(commitments).map((row, at) => hex(leafOf(7 + at, row)))
      expect(nodesOf(leaves).map(hex)).to.deep.equal(wanted.reverse())
      const parents = new Uint8Array(new SharedArrayBuffer(16 * count))
      kernel.parents(leaves, parents)
      const rows = nodesOf(leaves)
      for (const [at, parent] of nodesOf(parents).entries()) {
        const [left, right] = rows.slice(2 * at, 2 * at + 2)
        if (left === undefined || right === undefined) throw new Error('no pair')
        expect(hex(parent)).to.equal(hex(parentOf(left, right)))
      }
    })
  })
}

describe('an engine of the runtime', () => {
  it('hashes long inputs, and to the same bytes', () => {
    hashWithNode()
    hashWithNode()
    for (const length of LENGTHS.filter((length) => length > 250)) {
      const bytes = bytesOf(length)
      expect(hex(sha256(bytes))).to.equal(createHash('sha256').update(bytes).digest('hex'))
      const text = `é${'\u2028’'.repeat(length >> 2)}`
      expect(hex(sha256Text(text))).to.equal(createHash('sha256').update(text).digest('hex'))
    }
  })

  it('that hashes otherwise is refused, and hashes nothing', () => {
    const wrong: Sha256Engine[] = [
      () => new Uint8Array(32),
      (input) => (typeof input === 'string' ? sha256Text(input) : new Uint8Array(32)),
    ]
    for (const engine of wrong)
      expect(() => {
        useSha256(engine)
      }).to.throw(InvariantError)
    expect(hex(sha256(bytesOf(700)))).to.equal(hex(PORTABLE_KERNEL.sha256(bytesOf(700))))
  })
})

describe('where WebAssembly is refused', () => {
  it('there is no kernel of it, and nothing is thrown', () => {
    const real: unknown = Reflect.get(globalThis, 'WebAssembly')
    try {
      for (const engine of [undefined, {}, { Module: () => undefined }]) {
        Reflect.set(globalThis, 'WebAssembly', engine)
        expect(kernelOfWasm()).to.equal(undefined)
      }
    } finally {
      Reflect.set(globalThis, 'WebAssembly', real)
    }
  })
})
