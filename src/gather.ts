import type { Certificate } from './certificate.ts'
import { accountOf } from './primitives/account.ts'
import { base64urlOf } from './primitives/bytes.ts'
import { accreditationHints } from './registry/hints.ts'
import { observeChain } from './registry/observe.ts'
import type { Provider } from './registry/ethereum.ts'
import type { Patience } from './registry/patience.ts'
import type { ChainEvidence, Pins, Request } from './registry/ports.ts'
import { profileSlot } from './registry/slots.ts'
import { edgesOf, leadingEdges, MAX_HINTS, rootsOf } from './verify/accreditation.ts'
import type { Edge } from './verify/accreditation.ts'
import type { AccreditationHint, DomainAnswer, Evidence } from './verify/evidence.ts'
import { isNamed, slotsNeeded, slotsThatLead } from './verify/needed.ts'
import type { Policy, RegistryPin } from './verify/policy.ts'

/** The part of the whole time that those behind get once enough have answered. */
const GRACE = 1 / 8

/** What `gather` needs of the world; the clock and the network are the caller's. */
export interface GatherPorts {
  /** JSON-RPC of the provider at a URL of the policy. */
  readonly connect: (url: string) => Request
  /** Resolves after so many milliseconds; it must not keep the process alive. */
  readonly delay: (milliseconds: number) => Promise<void>
  /** Remembers which providers have shown the pinned chain; kept by the caller as long as it likes. */
  readonly pins?: Pins
  /** The bytes of an issuer's profile as somebody serves them; only their digest on chain makes them count. */
  readonly profile?: (account: string) => Promise<Uint8Array | null>
  /** The bytes of an accreditation's record, likewise; both accounts are CAIP-10. */
  readonly record?: (accreditor: string, issuer: string) => Promise<Uint8Array | null>
  /** What a domain of the policy says of accounts now (SPEC section 16); asking it safely is the caller's. */
  readonly domain?: (domain: string) => Promise<DomainAnswer>
}

/**
 * Observes what the policy wants to know of a certificate: the one await on the verify path. It never throws for a
 * dead or lying network, it says so in the evidence, and takes no longer than the policy's timeout.
 */
export async function gather(
  certificate: Certificate,
  policy: Policy,
  ports: GatherPorts,
): Promise<Evidence> {
  const home = certificate.home.text
  const patience = patienceOf(policy, ports)
  const late = <T>(work: Promise<T>, otherwise: T): Promise<T> =>
    Promise.race([work, patience.deadline.then(() => otherwise)])
  const pin = policy.registries.find((candidate) => candidate.home.text === home)
  const providers = pin === undefined ? [] : providersOf(pin, policy, ports)
  const hints = hintsOf(certificate, policy, providers, patience)
  const account = accountOf(certificate.home.chainId, certificate.issuer)
  const [chain, profile, accreditations, domains] = await Promise.all([
    observe(certificate, policy, {
      pin,
      providers,
      hints,
      patience,
      pins: ports.pins,
      isProfileServed: ports.profile !== undefined,
    }),
    late(served(ports.profile?.(account)), null),
    hints.then((found) => withRecords(certificate, policy, found, ports, late)),
    Promise.all(policy.domains.map((domain) => late(askDomain(domain, ports), silent(domain)))),
  ])
  return { home, chain, profile, accreditations, domains }
}

interface Looking {
  readonly pin: RegistryPin | undefined
  readonly providers: readonly Provider[]
  readonly hints: Promise<readonly AccreditationHint[]>
  readonly patience: Patience
  readonly pins: Pins | undefined
  /** Whether somebody serves the issuer's profile: then its digest is read too, whatever the checks need. */
  readonly isProfileServed: boolean
}

function observe(
  certificate: Certificate,
  policy: Policy,
  { pin, providers, hints, patience, pins, isProfileServed }: Looking,
): Promise<ChainEvidence> {
  if (pin === undefined) {
    return Promise.resolve({ observed: false, code: 'unknown-home', providers: [] })
  }
  const more = isProfileServed ? [profileSlot(certificate.issuer)] : []
  return observeChain({
    providers,
    target: { ...pin, chainId: pin.home.chainId, registry: pin.home.registry },
    quorum: policy.quorum,
    needs: {
      leading: slotsThatLead(certificate, policy),
      slots: hints.then((found) => (storage) => [
        ...slotsNeeded(certificate, policy, found, storage),
        ...more,
      ]),
    },
    patience,
    pins,
  })
}

function patienceOf(policy: Policy, { delay }: GatherPorts): Patience {
  const deadline = delay(policy.timeoutMs)
  return {
    deadline,
    half: () => Promise.race([deadline, delay(policy.timeoutMs / 2)]),
    grace: () => Promise.race([deadline, delay(policy.timeoutMs * GRACE)]),
  }
}

/** Who accredited the issuer, who accredited those, and so on, as far as providers tell and only if it can matter. */
async function hintsOf(
  certificate: Certificate,
  policy: Policy,
  providers: readonly Provider[],
  patience: Patience,
): Promise<AccreditationHint[]> {
  const { issuer } = certificate
  const { chainId, registry } = certificate.home
  const roots = rootsOf(policy, chainId)
  if (roots.length === 0 || isNamed(certificate, policy)) return []
  const search = {
    registry,
    issuer,
    roots,
    leading: (edges: readonly Edge[]) => leadingEdges(edges, roots, issuer),
    most: MAX_HINTS,
    quorum: policy.quorum,
  }
  const found = await accreditationHints(providers, search, patience)
  return found.map((edge) => ({
    accreditor: accountOf(chainId, edge.accreditor),
    issuer: accountOf(chainId, edge.issuer),
    record: null,
  }))
}

/** The hints, and each accreditation straight from an accreditor of the policy, with the records that are served. */
async function withRecords(
  certificate: Certificate,
  policy: Policy,
  hints: readonly AccreditationHint[],
  { record: serve }: GatherPorts,
  late: <T>(work: Promise<T>, otherwise: T) => Promise<T>,
): Promise<readonly AccreditationHint[]> {
  if (serve === undefined) return hints
  const { chainId } = certificate.home
  const edges = edgesOf(certificate.issuer, chainId, policy, hints)
  const told = new Set(hints.map(({ accreditor, issuer }) => `${accreditor}>${issuer}`))
  const all = await Promise.all(
    edges.map(async (edge) => {
      const accreditor = accountOf(chainId, edge.accreditor)
      const issuer = accountOf(chainId, edge.issuer)
      return { accreditor, issuer, record: await late(served(serve(accreditor, issuer)), null) }
    }),
  )
  return all.filter(
    ({ accreditor, issuer, record }) => record !== null || told.has(`${accreditor}>${issuer}`),
  )
}

async function askDomain(domain: string, { domain: ask }: GatherPorts): Promise<DomainAnswer> {
  try {
    return { domain, accounts: (await ask?.(domain))?.accounts ?? null }
  } catch {
    // Whatever the reason, the domain could not be asked, and that is what the evidence says.
    return silent(domain)
  }
}

function silent(domain: string): DomainAnswer {
  return { domain, accounts: null }
}

function providersOf(pin: RegistryPin, policy: Policy, { connect }: GatherPorts): Provider[] {
  const urls = policy.providers.get(pin.home.chainId) ?? []
  return urls.map((url) => ({ name: hostOf(url), url, request: requestTo(url, connect) }))
}

/** The provider's JSON-RPC; one that cannot even be set up answers nothing. */
function requestTo(url: string, connect: GatherPorts['connect']): Request {
  try {
    return connect(url)
  } catch (error) {
    return () => Promise.reject(error instanceof Error ? error : new Error('cannot be asked'))
  }
}

/** The host of a URL: its path often holds a key, which evidence must not carry about. */
function hostOf(url: string): string {
  return /^https?:\/\/(?:[^/@]*@)?([^/?#]+)/.exec(url)?.[1] ?? 'unnamed'
}

async function served(work: Promise<Uint8Array | null> | undefined): Promise<string | null> {
  try {
    const bytes = (await work) ?? null
    return bytes === null ? null : base64urlOf(bytes)
  } catch {
    // Whatever the reason, nobody served it; the checks that need it say that they could not look.
    return null
  }
}
