/**
 * What was observed, kept for as long as it may speak for now: every certificate of which the same must be observed is
 * judged on it. The judging itself is never kept.
 */

import { gather, LEVELS, observationNameOf } from '../src/index.ts'
import type { Certificate, Evidence, GatherPorts, Policy } from '../src/index.ts'
import { queueOf } from './http/queue.ts'
import { lookOf } from './verifier-look.ts'
import type { Look } from './verifier-look.ts'

export type Evidences = {
  /** What was observed a moment ago; undefined where it has to be observed anew. */
  warm(certificate: Certificate): Evidence | undefined
  /** Observes, or waits for who already does. */
  observe(certificate: Certificate): Promise<Evidence>
  /** Observations under way. */
  readonly running: number
}

/**
 * Heads are as told at most `LOOK_MS` before an observation begins, and what was observed serves `KEPT_MS` from there:
 * whatever the load, no verdict rests on what was told more than 15 s ago, but for an observation that itself took longer.
 */
export const LOOK_MS = 5_000
export const KEPT_MS = 10_000
/** What could not be observed as well as the policy asks is tried again so soon. */
export const RETRY_MS = 1_000
/** Words kept in all, about 200 bytes each. */
const MOST_WORDS = 200_000
/** Beside its words, an observation takes as much as so many. */
const WORDS_OF_ONE = 10

type Kept = {
  readonly evidence: Evidence
  readonly from: number
  readonly until: number
  readonly words: number
}

type Time = { readonly from: number; readonly until: number }

export function evidencesOf(
  policy: Policy,
  world: GatherPorts,
  now: () => number,
  running: number,
): Evidences {
  const queue = queueOf({ running, waiting: Infinity })
  const flights = new Map<string, Promise<Evidence>>()
  const shelf = shelfOf(MOST_WORDS)
  let look: Look | undefined
  let isDoubted = false
  const lookAt = (time: number): Look => {
    const most = isDoubted ? RETRY_MS : LOOK_MS
    if (look !== undefined && isWithin(time, span(look.startedAt, most))) return look
    isDoubted = false
    look = lookOf(world, time)
    return look
  }
  const observed = async (name: string, certificate: Certificate): Promise<Evidence> => {
    const from = now()
    const evidence = withoutProof(await gather(certificate, policy, lookAt(from).ports()))
    const isGood = isAsWanted(evidence, policy)
    if (!isGood) isDoubted = true
    const words = WORDS_OF_ONE + wordsIn(evidence)
    // What failed is waited for first: its time counts from its end.
    shelf.put(name, {
      evidence,
      words,
      ...span(isGood ? from : now(), isGood ? KEPT_MS : RETRY_MS),
    })
    return evidence
  }
  return {
    get running() {
      return queue.running
    },
    warm: (certificate) => {
      const name = observationNameOf(certificate)
      const kept = shelf.take(name)
      const time = now()
      if (kept === undefined || !isWithin(time, kept)) return undefined
      // A newer head may be young enough.
      const isOld = isStale(kept.evidence, policy, time) && time - kept.from >= RETRY_MS
      if (isOld) isDoubted = true
      return isOld ? undefined : kept.evidence
    },
    observe: (certificate) => {
      const name = observationNameOf(certificate)
      const known = flights.get(name)
      if (known !== undefined) return known
      const flight = queue
        .run(() => observed(name, certificate))
        .finally(() => flights.delete(name))
      flights.set(name, flight)
      return flight
    },
  }
}

/** A clock that was set back says nothing of how long ago something was. */
function isWithin(time: number, { from, until }: Time): boolean {
  return time >= from && time < until
}

function span(from: number, milliseconds: number): Time {
  return { from, until: from + milliseconds }
}

/** Bundles are made of proofs, verdicts of words: a proof is some hundred times as long. */
function withoutProof(evidence: Evidence): Evidence {
  if (!evidence.chain.observed) return evidence
  const { proof, ...chain } = evidence.chain
  return proof === undefined ? evidence : { ...evidence, chain }
}

/** As well as the policy asks; of a home that it does not list, nothing else is to be had. */
function isAsWanted({ home, chain }: Evidence, { registries, level }: Policy): boolean {
  if (!registries.some((pin) => pin.home.text === home)) return true
  return chain.observed && LEVELS.indexOf(chain.level) <= LEVELS.indexOf(level)
}

function isStale({ home, chain }: Evidence, { registries }: Policy, time: number): boolean {
  const pin = registries.find((one) => one.home.text === home)
  if (pin === undefined || !chain.observed) return false
  return time - chain.block.timestamp * 1000 > pin.maxHeadAge * 1000
}

function wordsIn({ chain, accreditations, domains }: Evidence): number {
  const words = chain.observed ? Object.keys(chain.storage).length : 0
  return words + accreditations.length + domains.length
}

/** The observations that were used last, as many as fit. */
function shelfOf(most: number): {
  take(name: string): Kept | undefined
  put(name: string, kept: Kept): void
} {
  const shelf = new Map<string, Kept>()
  let words = 0
  const remove = (name: string): Kept | undefined => {
    const kept = shelf.get(name)
    if (kept === undefined) return undefined
    shelf.delete(name)
    words -= kept.words
    return kept
  }
  const put = (name: string, kept: Kept): void => {
    remove(name)
    shelf.set(name, kept)
    words += kept.words
    for (const [oldest] of shelf) {
      if (words <= most) break
      remove(oldest)
    }
  }
  return {
    take: (name) => {
      const kept = remove(name)
      if (kept !== undefined) put(name, kept)
      return kept
    },
    put,
  }
}
