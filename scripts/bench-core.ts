/** What one core does with hashes, trees, canonical text and verdicts: no server, no chain, no network. */
import { randomFillSync } from 'node:crypto'
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
import { sampleBatch, sampleCredential, sampleRow, sampleTemplate } from '../bench/sample.ts'
import type { Sample } from '../bench/sample.ts'
import { tableOf } from './figures.ts'

const ROUNDS = 7
const HASHES = 20_000
const LEAVES = 1_000_000
const DOCUMENTS = 1000
/** Of the batch from which the documents are: paths have twenty siblings. */
const BATCH = 600_000

export type CoreFigures = Readonly<Record<string, number>>

/** Milliseconds of processor time in the fastest round: whatever else the machine does only ever adds. */
function fastest(work: () => unknown, rounds = ROUNDS): number {
  const times = Array.from({ length: rounds }, () => {
    const since = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(since)
    return (user + system) / 1000
  })
  return Math.min(...times)
}

function perSecond(count: number, work: () => unknown): number {
  return (count * 1000) / fastest(work)
}

function each<T>(items: readonly T[], work: (item: T) => unknown): number {
  return perSecond(items.length, () => {
    for (const item of items) work(item)
  })
}

function hashing(): CoreFigures {
  const pairs = new Uint8Array(64 * HASHES)
  randomFillSync(pairs)
  const into = new Uint8Array(32 * HASHES)
  const document = pairs.slice(0, 2900)
  const documents = Array.from({ length: 2000 }, () => document)
  const kernels = { [hashKernel().kind]: hashKernel(), portable: PORTABLE_KERNEL }
  return Object.fromEntries(
    Object.entries(kernels).flatMap(([name, kernel]) => [
      [
        `keccak-256 of pairs, ${name}`,
        perSecond(HASHES, () => {
          kernel.parents(pairs, into)
        }),
      ],
      [`SHA-256 of 2.9 kB, ${name}`, each(documents, (bytes) => kernel.sha256(bytes))],
    ]),
  )
}

function trees(): CoreFigures {
  const commitments = new Uint8Array(32 * LEAVES)
  randomFillSync(commitments)
  const tree = treeOf(commitments)
  const build = fastest(() => treeOf(commitments), 3)
  const paths = fastest(() => {
    for (let index = 0; index < LEAVES; index++) tree.pathBytesOf(index)
  }, 3)
  return { 'tree of 1,000,000, ms': build, 'its 1,000,000 paths, ms': paths }
}

/** From bytes to a verdict, which must be `valid`: a bench of failures measures nothing. */
function verifyOne({ evidence, policy, now }: Sample, document: Uint8Array): void {
  const certificate = parseCertificate(document)
  const { outcome } = verify(certificate, evidence, policy, instantOfSeconds(now))
  if (outcome !== 'valid') throw new Error(`a sample is ${outcome}`)
}

function verifying(sample: Sample): CoreFigures {
  const { documents, certificates, evidence, policy } = sample
  const now = instantOfSeconds(sample.now)
  return {
    'certificate from bytes to verdict': each(documents, (one) => {
      verifyOne(sample, one)
    }),
    '– strict reading of its JSON': each(documents, (one) => parseJson(one)),
    '– parsing it': each(documents, parseCertificate),
    '– recomputing the commitment': each(certificates, commitmentOfCertificate),
    '– commitment and path': each(certificates, (certificate) =>
      pathLeadsTo({ ...certificate, commitment: commitmentOfCertificate(certificate) }),
    ),
    '– judging, with both': each(certificates, (one) => verify(one, evidence, policy, now)),
  }
}

/** The same credentials by the plain printer and by the one of batches, in turn. */
function printing(): CoreFigures {
  const template = sampleTemplate()
  const credentials = Array.from({ length: DOCUMENTS }, (_, at) =>
    sampleCredential(template, sampleRow(at)),
  )
  const shared = sharingPrinter()
  const plain = each(credentials, canonicalBytes)
  return { 'canonical form, plain': plain, 'canonical form, of a batch': each(credentials, shared) }
}

/** Prints the tables and gives their figures: times a second, unless they say otherwise. */
export function benchCore(): CoreFigures {
  const sample = sampleBatch(DOCUMENTS, BATCH)
  const [document] = sample.documents
  console.log(
    `certificates of ${document?.length ?? 0} bytes, processor time, the fastest of ${ROUNDS} rounds\n`,
  )
  const figures = { ...hashing(), ...trees(), ...printing(), ...verifying(sample) }
  const rows = Object.entries(figures).map(([name, figure]) => [
    name,
    figure.toLocaleString('en', { maximumFractionDigits: 0 }),
  ])
  console.log(tableOf([['one core', 'a second'], ...rows]))
  return figures
}
