/**
 * Where the time goes in what one core computes, stage by stage, beside a plain loop over the same primitive; prints a line
 * of JSON. A process of its own.
 */
import { hash, randomFillSync } from 'node:crypto'
import { hashWithNode } from '../node/sha256.ts'
import {
  canonicalBytes,
  commitmentOfCertificate,
  hashKernel,
  instantOfSeconds,
  parseCertificate,
  parseJson,
  pathLeadsTo,
  sharingPrinter,
  treeOf,
  verify,
} from '../src/index.ts'
import { PORTABLE_KERNEL } from '../src/primitives/kernel-portable.ts'
import { kernelOfWasm } from '../src/primitives/kernel-wasm.ts'
import { sampleBatch, sampleCredential, sampleRow, sampleTemplate } from './sample.ts'

/** Microseconds of an item. */
export type ProfileRow = {
  readonly work: string
  readonly stage: string
  readonly us: number
  readonly primitive: string
  readonly primitiveUs: number
  readonly limit: string
}

const DOCUMENTS = 1000
const LEAVES = 1_000_000
const BATCH = 600_000
const ROUNDS = 20
const PATHS = 256

/** Of one item, in the fastest round: whatever else the machine does only ever adds. */
function micros(count: number, work: () => unknown, rounds = ROUNDS): number {
  let least = Infinity
  for (let round = 0; round < rounds; round += 1) {
    const since = performance.now()
    work()
    least = Math.min(least, (1000 * (performance.now() - since)) / count)
  }
  return least
}

function each<T>(items: readonly T[], work: (item: T) => unknown): number {
  return micros(items.length, () => {
    for (const item of items) work(item)
  })
}

/** Keccak-256 of 64 bytes, in a core's cache. */
function keccak(): number {
  const count = 4096
  const pairs = randomFillSync(new Uint8Array(64 * count))
  const into = new Uint8Array(32 * count)
  const work = (): void => {
    for (let n = 0; n < 10; n += 1) hashKernel().parents(pairs, into)
  }
  return micros(10 * count, work)
}

function hashing(hashUs: number): ProfileRow[] {
  const pairs = randomFillSync(new Uint8Array(64 * 2000))
  const into = new Uint8Array(32 * 2000)
  const document = pairs.slice(0, 2900)
  const documents = Array.from({ length: 2000 }, () => document)
  const work = 'hashes'
  const noble = '@noble/hashes, which answers without WebAssembly'
  const kernel = kernelOfWasm() ?? PORTABLE_KERNEL
  const plain = micros(
    2000,
    () => {
      PORTABLE_KERNEL.parents(pairs, into)
    },
    5,
  )
  return [
    {
      work,
      stage: 'Keccak-256 of 64 bytes',
      us: hashUs,
      primitive: noble,
      primitiveUs: plain,
      limit: 'two at a time, in WebAssembly',
    },
    {
      work,
      stage: 'SHA-256 of 2,900 bytes',
      us: each(documents, (bytes) => kernel.sha256(bytes)),
      primitive: 'SHA-256 of Node',
      primitiveUs: each(documents, (bytes) => hash('sha256', bytes, 'buffer')),
      limit: 'no instruction for it in WebAssembly; in Node, Node’s own is called for what is long',
    },
  ]
}

function trees(hashUs: number): ProfileRow[] {
  const commitments = new Uint8Array(32 * LEAVES)
  for (let from = 0; from < commitments.length; from += 1 << 16) {
    randomFillSync(commitments, from, Math.min(1 << 16, commitments.length - from))
  }
  const tree = treeOf(commitments)
  const work = 'tree of 1,000,000'
  const from = new Uint8Array(640 * PATHS)
  const copied = micros(LEAVES, () => {
    for (let at = 0; at < LEAVES; at += PATHS) new Uint8Array(from.length).set(from)
  })
  return [
    {
      work,
      stage: 'tree, a leaf',
      us: micros(LEAVES, () => treeOf(commitments), 3),
      primitive: 'Keccak-256, three times',
      primitiveUs: 3 * hashUs,
      limit:
        'two hashes a SIMD register of WebAssembly; the rest is looking for a commitment given twice',
    },
    {
      work,
      stage: 'path, a leaf',
      us: micros(LEAVES, () => {
        for (let at = 0; at < LEAVES; at += PATHS) tree.pathsOf(at, Math.min(at + PATHS, LEAVES))
      }),
      primitive: 'copying 640 bytes that lie together',
      primitiveUs: copied,
      limit: 'memory: twenty siblings lie in twenty places',
    },
  ]
}

function canonical(): ProfileRow[] {
  const template = sampleTemplate()
  const credentials = Array.from({ length: DOCUMENTS }, (_, at) =>
    sampleCredential(template, sampleRow(at)),
  )
  const shared = sharingPrinter()
  const plain = each(credentials, (one) => canonicalBytes(one))
  const length = canonicalBytes(credentials[0] ?? {}).length
  const printed = each(credentials, (one) => Buffer.from(JSON.stringify(one)))
  const work = `canonical form of ${length.toLocaleString('en')} bytes`
  return [
    {
      work,
      stage: 'by itself',
      us: plain,
      primitive: 'JSON.stringify, as bytes',
      primitiveUs: printed,
      limit: 'names are sorted, and texts have to be well-formed Unicode',
    },
    {
      work,
      stage: 'in a batch',
      us: each(credentials, (one) => shared(one)),
      primitive: 'JSON.stringify, as bytes',
      primitiveUs: printed,
      limit: 'what the batch shares is printed once; values between are printed one by one',
    },
  ]
}

function verifying(hashUs: number): ProfileRow[] {
  const { documents, certificates, evidence, policy, now } = sampleBatch(DOCUMENTS, BATCH)
  const at = instantOfSeconds(now)
  const texts = documents.map((bytes) => Buffer.from(bytes).toString())
  const read = each(texts, (text) => JSON.parse(text))
  const sha = each(documents, (bytes) => hash('sha256', bytes, 'buffer'))
  const strict = each(documents, (one) => parseJson(one))
  const parse = each(documents, parseCertificate)
  const commitment = each(certificates, commitmentOfCertificate)
  const both = each(certificates, (certificate) =>
    pathLeadsTo({ ...certificate, commitment: commitmentOfCertificate(certificate) }),
  )
  const judge = each(certificates, (one) => verify(one, evidence, policy, at))
  const path = Math.max(0, both - commitment)
  const work = `a certificate verified, ${(documents[0]?.length ?? 0).toLocaleString('en')} bytes`
  const row = (stage: string, us: number, primitive: string, primitiveUs: number, limit: string) =>
    ({ work, stage, us, primitive, primitiveUs, limit }) satisfies ProfileRow
  return [
    row(
      'strict JSON',
      strict,
      'JSON.parse',
      read,
      'an own reader in JavaScript: JSON.parse lets names stand twice and numbers lose digits',
    ),
    row('its form', parse - strict, 'JSON.parse', read, 'every member is checked'),
    row(
      'commitment',
      commitment,
      'SHA-256 of as many bytes',
      sha,
      'the credential is printed canonically again',
    ),
    row(
      'path',
      path,
      'Keccak-256, 22 times',
      22 * hashUs,
      'one after the other, so half of each SIMD register is idle',
    ),
    row(
      'judging',
      Math.max(0, judge - both),
      'none: comparisons',
      0,
      'one check after the other, each an entry of the verdict',
    ),
    row(
      'all',
      parse + judge,
      'the sum of the loops above',
      read + sha + 22 * hashUs,
      'reading and printing JSON in JavaScript',
    ),
  ]
}

hashWithNode()
const hashUs = keccak()
const rows = [...hashing(hashUs), ...trees(hashUs), ...canonical(), ...verifying(hashUs)]
process.stdout.write(`${JSON.stringify({ rows })}\n`)
