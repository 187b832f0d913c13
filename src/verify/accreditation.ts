import type { Hash32, Address } from '../primitives/bytes.ts'
import { parseAccount } from '../primitives/account.ts'
import {
  accreditationCountSlot,
  accreditationSlots,
  decodeAccreditation,
  decodeCount,
  decodeOperator,
  operatorSlot,
} from '../registry/slots.ts'
import { isClosed } from './chain-checks.ts'
import type { ObservedChain } from '../registry/ports.ts'
import type { AccreditationHint } from './evidence.ts'
import type { Policy } from './policy.ts'
import { decodedAt, known, unknown } from './view.ts'
import type { Observed } from './view.ts'

/** An accreditor the policy names vouches through at most so many accreditations, the last of them for the issuer. */
export const MAX_CHAIN = 3
/** Hints are told by providers and holders: of those that lead anywhere, no more than this many are looked at. */
export const MAX_HINTS = 64
/** Periods of one accreditor for one issuer that are read at most. */
const MAX_PERIODS = 64

/** One accreditation: from whom to whom, on the chain of the certificate's home. */
export interface Edge {
  readonly accreditor: Address
  readonly issuer: Address
}

/** What the policy's accreditors say of an issuer: who vouches, and the last accreditation of the chain. */
export interface Voucher {
  readonly name: string
  readonly last: Edge
  /** The digest of the record of that last accreditation, which may name the issuer. */
  readonly digest: Hash32
}

/**
 * The accreditations worth reading: each policy accreditor straight to the issuer, and of what the hints tell the first
 * 64 that lie on a chain from one of them down to it. Anybody may accredit anybody: what leads nowhere counts for
 * nothing, so strangers crowd out none.
 */
export function edgesOf(
  issuer: Address,
  chainId: string,
  policy: Policy,
  hints: readonly AccreditationHint[],
): Edge[] {
  const roots = rootsOf(policy, chainId)
  const direct = roots.map((accreditor) => ({ accreditor, issuer }))
  const told = hints.flatMap((hint) => {
    const accreditor = parseAccount(hint.accreditor, '/accreditations')
    const accredited = parseAccount(hint.issuer, '/accreditations')
    if (accreditor.chainId !== chainId || accredited.chainId !== chainId) return []
    return [{ accreditor: accreditor.address, issuer: accredited.address }]
  })
  const known = new Set(direct.map(nameOfEdge))
  const more = leadingEdges(told, roots, issuer).filter((edge) => !known.has(nameOfEdge(edge)))
  return [...direct, ...more.slice(0, MAX_HINTS)]
}

/** The accreditors of the policy on a chain, each once. */
export function rootsOf({ accreditors }: Policy, chainId: string): Address[] {
  const here = accreditors.filter(({ account }) => account.chainId === chainId)
  return [...new Set(here.map(({ account }) => account.address))]
}

/** Of the edges, each once, those on a chain of at most three from a root down to the issuer; shorter chains first. */
export function leadingEdges(
  edges: readonly Edge[],
  roots: readonly Address[],
  issuer: Address,
): Edge[] {
  const down = distancesFrom(
    roots,
    edges,
    ({ accreditor }) => accreditor,
    (edge) => edge.issuer,
  )
  const up = distancesFrom(
    [issuer],
    edges,
    (edge) => edge.issuer,
    ({ accreditor }) => accreditor,
  )
  const length = (edge: Edge): number =>
    (down.get(edge.accreditor) ?? Infinity) + 1 + (up.get(edge.issuer) ?? Infinity)
  const leading = edges.filter((edge) => length(edge) <= MAX_CHAIN)
  const once = new Map(leading.map((edge) => [nameOfEdge(edge), edge]))
  return [...once.values()].sort((a, b) => length(a) - length(b))
}

/** How many edges each account lies from the nearest of `starts`, as far as a chain can be long. */
function distancesFrom(
  starts: readonly Address[],
  edges: readonly Edge[],
  near: (edge: Edge) => Address,
  far: (edge: Edge) => Address,
): ReadonlyMap<Address, number> {
  const distances = new Map(starts.map((account) => [account, 0]))
  for (let step = 1; step < MAX_CHAIN; step++) {
    const reached = edges.filter((edge) => distances.get(near(edge)) === step - 1).map(far)
    for (const account of reached) {
      if (!distances.has(account)) distances.set(account, step)
    }
  }
  return distances
}

function nameOfEdge({ accreditor, issuer }: Edge): string {
  return `${accreditor}>${issuer}`
}

/** The slots of one accreditation as far as they can be known: the periods' once their count is read. */
export function slotsOfEdge(edge: Edge, count: number | undefined): Hash32[] {
  const { accreditor, issuer } = edge
  const slots = [accreditationCountSlot(accreditor, issuer), operatorSlot(accreditor, accreditor)]
  for (let period = 0; period < Math.min(count ?? 0, MAX_PERIODS); period++) {
    const { times, digest } = accreditationSlots(accreditor, issuer, period)
    slots.push(times, digest)
  }
  return slots
}

/**
 * Walks from the issuer up to an accreditor whom the policy names (SPEC section 6.5): at most three accreditations, no
 * account twice, each with a period that holds `time` (Unix seconds) and is not withdrawn at it, no accreditor retired
 * by then. Known and `undefined` means that nobody vouches; unknown, that a word was missing which could have shown it.
 */
export function findVoucher(
  chain: ObservedChain,
  policy: Policy,
  chainId: string,
  edges: readonly Edge[],
  issuer: Address,
  time: number,
): Observed<Voucher | undefined> {
  const names = new Map(
    policy.accreditors
      .filter(({ account }) => account.chainId === chainId)
      .map(({ account, name }) => [account.address, name]),
  )
  let blocked: Observed<Voucher | undefined> = known(undefined)
  const walk = (subject: Address, { seen, lowest, gap }: Trail): Voucher | undefined => {
    for (const edge of edges.filter((candidate) => candidate.issuer === subject)) {
      const { accreditor } = edge
      if (seen.includes(accreditor)) continue
      const standing = standingOf(chain, edge, time)
      if (standing.known && standing.value === undefined) continue
      const first = lowest ?? (standing.known ? standing.value : undefined)
      const missing = gap ?? (standing.known ? undefined : standing)
      const name = names.get(accreditor)
      if (name !== undefined) {
        if (missing === undefined && first !== undefined) return { name, ...first }
        blocked = missing ?? blocked
      } else if (seen.length < MAX_CHAIN) {
        const trail = { seen: [...seen, accreditor], lowest: first, gap: missing }
        const found = walk(accreditor, trail)
        if (found !== undefined) return found
      }
    }
    return undefined
  }
  const voucher = walk(issuer, { seen: [issuer], lowest: undefined, gap: undefined })
  return voucher === undefined ? blocked : known(voucher)
}

/** How far a walk has come: past whom, over which lowest accreditation, and over which that was not read. */
interface Trail {
  readonly seen: readonly Address[]
  readonly lowest: Standing | undefined
  readonly gap: Unknown | undefined
}

type Unknown = Extract<Observed<never>, { readonly known: false }>

interface Standing {
  readonly last: Edge
  readonly digest: Hash32
}

/** The accreditation as it stood at `time`, or `undefined` where it did not, whatever was not read. */
function standingOf(
  chain: ObservedChain,
  edge: Edge,
  time: number,
): Observed<Standing | undefined> {
  const { accreditor } = edge
  const self = decodedAt(chain, operatorSlot(accreditor, accreditor), decodeOperator)
  if (self.known && isClosed(self.value.closedSince, time)) return known(undefined)
  const period = periodAt(chain, edge, time)
  if (!period.known || period.value === undefined) return period
  return self.known ? period : self
}

/** The period of an accreditation that held at `time`; one that was not read may be it where no other is. */
function periodAt(chain: ObservedChain, edge: Edge, time: number): Observed<Standing | undefined> {
  const { accreditor, issuer } = edge
  const count = decodedAt(chain, accreditationCountSlot(accreditor, issuer), decodeCount)
  if (!count.known) return count
  let missing: Observed<undefined> = known(undefined)
  for (let period = 0; period < Math.min(count.value, MAX_PERIODS); period++) {
    const slots = accreditationSlots(accreditor, issuer, period)
    const times = decodedAt(chain, slots.times, decodeAccreditation)
    if (times.known && !stoodAt(times.value, time)) continue
    const digest = decodedAt(chain, slots.digest, (word) => word)
    if (times.known && digest.known) return known({ last: edge, digest: digest.value })
    missing = unknown('evidence-missing')
  }
  return missing
}

function stoodAt(
  { from, until, withdrawnSince }: ReturnType<typeof decodeAccreditation>,
  time: number,
): boolean {
  return from <= time && time < until && !isClosed(withdrawnSince, time)
}
