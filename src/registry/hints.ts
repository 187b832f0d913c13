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

/** That `accreditor` may have accredited `issuer`. */
export interface AccreditationEdge {
  readonly accreditor: Address
  readonly issuer: Address
}

/** How far up to look, how many edges to come back with, and from how many providers before the rest get a grace. */
export interface HintLimits {
  readonly height: number
  readonly edges: number
  readonly quorum: number
}

/**
 * Asks all providers who accredited `issuer`, who accredited those, and so on, from logs: hints of where to look, never
 * answers. An accreditor that is not told is one whose accreditation is not found, so silence can only leave an issuer
 * unvouched. What more providers tell comes first, so that one that invents many crowds out none.
 */
export async function accreditationHints(
  providers: readonly Provider[],
  registry: Address,
  issuer: Address,
  patience: Patience,
  limits: HintLimits,
): Promise<AccreditationEdge[]> {
  const works = providers.map(({ request }) => settle(climb(request, registry, issuer, limits)))
  const got = await collect(
    works,
    (sofar) => sofar.filter((settled) => settled?.ok).length >= limits.quorum,
    patience,
    patience.half(),
  )
  const votes = new Map<string, { readonly edge: AccreditationEdge; count: number }>()
  for (const edge of got.flatMap((settled) => (settled?.ok === true ? settled.value : []))) {
    const key = `${edge.accreditor}>${edge.issuer}`
    const vote = votes.get(key)
    if (vote === undefined) votes.set(key, { edge, count: 1 })
    else vote.count += 1
  }
  return [...votes.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, limits.edges)
    .map(({ edge }) => edge)
}

async function climb(
  request: Request,
  registry: Address,
  issuer: Address,
  { height, edges: most }: HintLimits,
): Promise<AccreditationEdge[]> {
  const found = new Map<string, AccreditationEdge>()
  const seen = new Set<Address>([issuer])
  let level: Address[] = [issuer]
  for (let step = 0; step < height && level.length > 0 && found.size < most; step++) {
    const edges = (await accreditorsOf(request, registry, level)).slice(0, most)
    for (const edge of edges) found.set(`${edge.accreditor}>${edge.issuer}`, edge)
    level = [...new Set(edges.map(({ accreditor }) => accreditor))].filter((it) => !seen.has(it))
    for (const accreditor of level) seen.add(accreditor)
  }
  return [...found.values()]
}

async function accreditorsOf(
  request: Request,
  registry: Address,
  issuers: readonly Address[],
): Promise<AccreditationEdge[]> {
  const topics = [
    ACCREDITED,
    null,
    issuers.map((issuer) => `0x${'0'.repeat(24)}${issuer.slice(2)}`),
  ]
  const filter = { address: registry, fromBlock: '0x0', toBlock: 'latest', topics }
  const logs = await request({ method: 'eth_getLogs', params: [filter] })
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
