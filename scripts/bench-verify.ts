/**
 * Verifications a second against three local providers, whose first blocks are known (warm) or not (cold), and where the
 * time of one goes. Prints medians of several rounds; with `--json <file>` writes them too.
 */
import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { verifyRates } from '../bench/chromium.ts'
import { tell } from '../bench/page.ts'
import { median } from '../bench/run.ts'
import { ratesSection } from '../bench/sections.ts'
import { requestOf } from '../node/rpc.ts'
import { commitmentOfCertificate, parseCertificate } from '../src/certificate.ts'
import { gather, instantOfMilliseconds, pathLeadsTo, verify } from '../src/index.ts'
import type { Certificate, Evidence, GatherPorts, Policy } from '../src/index.ts'
import { headerOfRlp } from '../src/registry/header.ts'
import { proveState } from '../src/registry/state-proof.ts'
import { openBatch } from './bench-batch.ts'
import type { Batch } from './bench-batch.ts'
import { tableOf } from './figures.ts'

const ROUNDS = 5
const ROUND_MS = 2000
/** Certificates under way at a time, where throughput is measured. */
const AT_ONCE = 16

function portsOf(policy: Policy, pins: Set<string>): GatherPorts {
  return {
    connect: (url) => requestOf(url, policy.timeoutMs),
    delay: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
    pins,
  }
}

/** A whole verification, from bytes to a verdict, which must be `valid`: a bench of failures measures nothing. */
async function verifyOnce(document: Uint8Array, policy: Policy, pins: Set<string>) {
  const certificate = parseCertificate(document)
  const evidence = await gather(certificate, policy, portsOf(policy, pins))
  const verdict = verify(certificate, evidence, policy, instantOfMilliseconds(Date.now()))
  if (verdict.outcome !== 'valid' || verdict.level !== 'proven') {
    throw new Error(`not valid and proven: ${JSON.stringify(verdict.checks)}`)
  }
  return evidence
}

/** Verifications a second in one round, `lanes` of them under way at a time. */
async function rate(batch: Batch, lanes: number, pinsOf: () => Set<string>): Promise<number> {
  const { documents, policy } = batch
  const until = performance.now() + ROUND_MS
  let done = 0
  const since = performance.now()
  const lane = async (from: number): Promise<void> => {
    for (let at = from; performance.now() < until; at += lanes) {
      const document = documents[at % documents.length]
      if (document === undefined) throw new Error('the batch is empty')
      await verifyOnce(document, policy, pinsOf())
      done += 1
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, i) => lane(i)))
  return (done * 1000) / (performance.now() - since)
}

async function medianRate(batch: Batch, lanes: number, pinsOf: () => Set<string>): Promise<number> {
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) rates.push(await rate(batch, lanes, pinsOf))
  return median(rates)
}

/** Milliseconds of `work` on each of the items, the median over rounds. */
function msEach<T>(items: readonly T[], work: (item: T) => unknown): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const since = performance.now()
    for (const item of items) work(item)
    return (performance.now() - since) / items.length
  })
  return median(rounds)
}

type Seen = { readonly certificate: Certificate; readonly evidence: Evidence }

/** What the processor does for one verification, stage by stage, in milliseconds. */
function stagesOf({ documents, policy }: Batch, seen: readonly Seen[]): Record<string, number> {
  const now = instantOfMilliseconds(Date.now())
  return {
    parsing: msEach(documents, parseCertificate),
    hashing: msEach(seen, ({ certificate }) =>
      pathLeadsTo({ ...certificate, commitment: commitmentOfCertificate(certificate) }),
    ),
    trie: msEach(seen, ({ certificate, evidence }) => {
      const { chain } = evidence
      if (!chain.observed || chain.proof === undefined) throw new Error('no proof')
      const { stateRoot } = headerOfRlp(chain.proof.header)
      return proveState(stateRoot, certificate.home.registry, chain.proof).holds
    }),
    judging: msEach(seen, ({ certificate, evidence }) =>
      verify(certificate, evidence, policy, now),
    ),
  }
}

async function observeAll(batch: Batch): Promise<Seen[]> {
  const pins = new Set<string>()
  const seen: Seen[] = []
  for (const [at, certificate] of batch.certificates.entries()) {
    const document = batch.documents[at] ?? new Uint8Array()
    seen.push({ certificate, evidence: await verifyOnce(document, batch.policy, pins) })
  }
  return seen
}

function row(name: string, perSecond: number): string[] {
  return [name, perSecond.toFixed(1), `${(1000 / perSecond).toFixed(1)} ms`]
}

/** Prints the tables; `json` is a file for the figures. */
export async function benchVerify(json: string | undefined): Promise<void> {
  console.log(tell(ratesSection(await verifyRates())))
  console.log(`verifying against three providers, level proven; medians of ${ROUNDS} rounds\n`)
  const batch = await openBatch()
  try {
    const warmed = new Set<string>()
    const seen = await observeAll(batch)
    await rate(batch, 1, () => warmed)
    const cold = await medianRate(batch, 1, () => new Set())
    const warm = await medianRate(batch, 1, () => warmed)
    const loaded = await medianRate(batch, AT_ONCE, () => warmed)
    const heading = ['verifications', 'a second', 'each']
    const rates = [
      row('cold, one at a time', cold),
      row('warm, one at a time', warm),
      row(`warm, ${AT_ONCE} at a time`, loaded),
    ]
    console.log(`${tableOf([heading, ...rates])}\n`)
    // `judging` recomputes commitment and path, which stand apart as hashing.
    const { parsing = 0, hashing = 0, trie = 0, judging = 0 } = stagesOf(batch, seen)
    const whole = 1000 / warm
    const rest = Math.max(0, judging - hashing)
    const network = whole - parsing - judging - trie
    const stages = { parsing, hashing, trie, 'other checks': rest, network }
    const shares = Object.entries(stages).map(([name, ms]) => [
      name,
      `${ms.toFixed(3)} ms`,
      `${((100 * ms) / whole).toFixed(1)} %`,
    ])
    console.log(tableOf([['of one warm verification', 'time', 'share'], ...shares]))
    console.log(
      '\nnetwork: the exchanges with the providers, and the node that answers on this machine',
    )
    if (json !== undefined) {
      const figures = { verify: { cold, warm, loaded, atOnce: AT_ONCE }, stagesMs: stages }
      await writeFile(json, `${JSON.stringify(figures, null, 2)}\n`)
    }
  } finally {
    await batch.close()
  }
}
