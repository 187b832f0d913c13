import { hexOf, utf8 } from '../primitives/bytes.ts'
import type { Address } from '../primitives/bytes.ts'
import { FormatError } from '../primitives/errors.ts'
import { keccak256 } from '../primitives/hash.ts'
import { readAddressTopic } from './answers.ts'
import type { Provider } from './ethereum.ts'
import { collect, settle } from './patience.ts'
import type { Patience } from './patience.ts'
import type { Request } from './ports.ts'

const ACCREDITED = hexOf(
  keccak256(utf8('Accredited(address,address,uint256,uint40,uint40,bytes32,string)')),
)
/** Addresses in one question; nodes refuse lists of more than some thousand. */
const MAX_TOPICS = 500
/** Questions at once where there are more addresses than that. */
const MAX_QUESTIONS = 16

/** That `accreditor` may have accredited `issuer`. */
export interface AccreditationEdge {
  readonly accreditor: Address
  readonly issuer: Address
}

/** From whom down to whom to look, what of it can matter, and how much to come back with. */
export interface HintSearch {
  readonly registry: Address
  readonly issuer: Address
  /** The accreditors whom the policy names, on this chain. */
  readonly roots: readonly Address[]
  /** Of all that is told, what lies on a chain from a root down to the issuer, the shortest first. */
  readonly leading: (edges: readonly AccreditationEdge[]) => AccreditationEdge[]
  readonly most: number
  /** From how many providers to hear before the rest get a grace. */
  readonly quorum: number
}

/**
 * Asks all providers who may have accredited whom between the roots and the issuer, from logs: hints of where to look,
 * never answers. An accreditor that is not told is one whose accreditation is not found, so silence can only leave an
 * issuer unvouched. What more providers tell comes first, then what each tells first, so that one that invents many
 * crowds out none.
 */
export async function accreditationHints(
  providers: readonly Provider[],
  search: HintSearch,
  patience: Patience,
): Promise<AccreditationEdge[]> {
  const works = providers.map(({ request }) => settle(edgesBetween(request, search)))
  const got = await collect(
    works,
    (sofar) => sofar.filter((settled) => settled?.ok).length >= search.quorum,
    patience,
    patience.half(),
  )
  const votes = new Map<string, { edge: AccreditationEdge; count: number; place: number }>()
  for (const told of got.flatMap((settled) => (settled?.ok === true ? [settled.value] : []))) {
    told.forEach((edge, place) => {
      const key = `${edge.accreditor}>${edge.issuer}`
      const vote = votes.get(key) ?? { edge, count: 0, place }
      votes.set(key, { edge, count: vote.count + 1, place: Math.min(vote.place, place) })
    })
  }
  return [...votes.values()]
    .sort((a, b) => b.count - a.count || a.place - b.place)
    .slice(0, search.most)
    .map(({ edge }) => edge)
}

/**
 * Looks from both ends, since anybody may accredit anybody: whom the roots accredited no stranger can add to, and who
 * accredited the issuer is mostly a short list. What one end does not tell is asked from the other; what was told is
 * kept where a later question fails.
 * @throws where neither end is told
 */
async function edgesBetween(
  request: Request,
  { registry, issuer, roots, leading }: HintSearch,
): Promise<AccreditationEdge[]> {
  const ask = (accreditors: readonly Address[] | null, issuers: readonly Address[] | null) =>
    settle(accreditationsTold(request, registry, accreditors, issuers))
  const [down, up] = await Promise.all([ask(roots, null), ask(null, [issuer])])
  if (!down.ok && !up.ok) throw up.error
  const below = down.ok ? down.value.map((edge) => edge.issuer) : null
  const above = up.ok ? up.value.map((edge) => edge.accreditor) : null
  const told = [up, down, await ask(below, above)]
  const soFar = told.flatMap((settled) => (settled.ok ? settled.value : []))
  if (!up.ok) {
    told.push(await ask([...roots, ...soFar.map((edge) => edge.issuer)], [issuer]))
  } else if (!down.ok) {
    told.push(await ask(roots, [issuer, ...soFar.map((edge) => edge.accreditor)]))
  }
  return leading(told.flatMap((settled) => (settled.ok ? settled.value : [])))
}

/** What the logs tell of accreditations by some of these (`null`: by anyone) of some of those. */
async function accreditationsTold(
  request: Request,
  registry: Address,
  accreditors: readonly Address[] | null,
  issuers: readonly Address[] | null,
): Promise<AccreditationEdge[]> {
  const taken = issuers === null ? null : [...new Set(issuers)]
  const givers = accreditors === null ? [null] : chunksOf([...new Set(accreditors)])
  if (taken?.length === 0) return []
  // Too many to list, as strangers can make them: whoever it is, the accreditors narrow it down.
  const second = taken === null || taken.length > MAX_TOPICS ? null : taken.map(topicOf)
  const answers = await Promise.all(
    givers.map((some) => {
      const topics = [ACCREDITED, some === null ? null : some.map(topicOf), second]
      const filter = { address: registry, fromBlock: '0x0', toBlock: 'latest', topics }
      return request({ method: 'eth_getLogs', params: [filter] })
    }),
  )
  return answers.flatMap(edgesOfLogs)
}

function chunksOf(addresses: readonly Address[]): Address[][] {
  const count = Math.min(Math.ceil(addresses.length / MAX_TOPICS), MAX_QUESTIONS)
  return Array.from({ length: count }, (_, at) =>
    addresses.slice(at * MAX_TOPICS, (at + 1) * MAX_TOPICS),
  )
}

function topicOf(address: Address): string {
  return `0x${'0'.repeat(24)}${address.slice(2)}`
}

function edgesOfLogs(logs: unknown): AccreditationEdge[] {
  if (!Array.isArray(logs)) throw new FormatError('wrong-type', 'eth_getLogs', 'not a list of logs')
  return logs.map((log: unknown) => {
    const found =
      typeof log === 'object' && log !== null ? (log as { topics?: unknown }).topics : []
    const [, accreditor, issuer] = Array.isArray(found) ? (found as unknown[]) : []
    return {
      accreditor: readAddressTopic(accreditor, 'eth_getLogs/topics/1'),
      issuer: readAddressTopic(issuer, 'eth_getLogs/topics/2'),
    }
  })
}
