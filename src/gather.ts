import type { Certificate } from './certificate.ts'
import { accountOf } from './primitives/account.ts'
import { base64urlOf } from './primitives/bytes.ts'
import type { Address } from './primitives/bytes.ts'
import { accreditorsOf, observeReported } from './registry/ethereum.ts'
import type { Provider } from './registry/ethereum.ts'
import type { ChainEvidence, Request } from './registry/ports.ts'
import { MAX_CHAIN } from './verify/accreditation.ts'
import type { AccreditationHint, DomainAnswer, Evidence } from './verify/evidence.ts'
import { slotsNeeded } from './verify/needed.ts'
import type { Policy, RegistryPin } from './verify/policy.ts'

/** What `gather` needs of the world; the clock and the network are the caller's. */
export interface GatherPorts {
  /** JSON-RPC of the provider at a URL of the policy. */
  readonly connect: (url: string) => Request
  /** Resolves after so many milliseconds; it must not keep the process alive. */
  readonly delay: (milliseconds: number) => Promise<void>
  /** The bytes of an issuer's profile as somebody serves them; only their digest on chain makes them count. */
  readonly profile?: (account: string) => Promise<Uint8Array | null>
  /** The accounts that a domain names now (SPEC section 6.5), or `null` where it cannot be asked. */
  readonly domain?: (domain: string, policy: Policy) => Promise<readonly string[] | null>
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
  const account = accountOf(certificate.home.chainId, certificate.issuer)
  const deadline = ports.delay(policy.timeoutMs)
  const late = <T>(work: Promise<T>, otherwise: T): Promise<T> =>
    Promise.race([work, deadline.then(() => otherwise)])
  const pin = policy.registries.find((candidate) => candidate.home.text === home)
  const providers = pin === undefined ? [] : providersOf(pin, policy, ports)
  const hints = await late(hintsOf(certificate, policy, providers), [])
  const [chain, profile, domains] = await Promise.all([
    late(observeChain(certificate, policy, pin, providers, hints), timedOut(providers)),
    late(orNull(ports.profile?.(account)), null),
    Promise.all(
      policy.domains.map((domain) =>
        late(askDomain(domain, policy, ports), { domain, accounts: null }),
      ),
    ),
  ])
  return {
    home,
    chain,
    profile: profile === null ? null : base64urlOf(profile),
    accreditations: hints,
    domains,
  }
}

function observeChain(
  certificate: Certificate,
  policy: Policy,
  pin: RegistryPin | undefined,
  providers: readonly Provider[],
  hints: readonly AccreditationHint[],
): Promise<ChainEvidence> {
  if (pin === undefined) {
    return Promise.resolve({ observed: false, code: 'unknown-home', providers: [] })
  }
  const target = { ...pin, chainId: pin.home.chainId, registry: pin.home.registry }
  return observeReported(providers, target, (storage) =>
    slotsNeeded(certificate, policy, hints, storage),
  )
}

/** Who accredited the issuer, who accredited those, and so on, as far as providers tell and only if it can matter. */
async function hintsOf(
  certificate: Certificate,
  policy: Policy,
  providers: readonly Provider[],
): Promise<AccreditationHint[]> {
  if (policy.accreditors.length === 0) return []
  const { chainId, registry } = certificate.home
  for (const { request } of providers) {
    try {
      const hints = await climb(request, registry, certificate.issuer)
      return hints.map(({ accreditor, issuer }) => ({
        accreditor: accountOf(chainId, accreditor),
        issuer: accountOf(chainId, issuer),
        record: null,
      }))
    } catch {
      // A provider that gives no logs gives no hints; the next may, and without any the direct way is still read.
      continue
    }
  }
  return []
}

async function climb(
  request: Request,
  registry: Address,
  issuer: Address,
): Promise<{ accreditor: Address; issuer: Address }[]> {
  const found: { accreditor: Address; issuer: Address }[] = []
  const seen = new Set<Address>([issuer])
  let level: Address[] = [issuer]
  for (let height = 0; height < MAX_CHAIN && level.length > 0; height++) {
    const edges = await accreditorsOf(request, registry, level)
    found.push(...edges)
    level = [...new Set(edges.map(({ accreditor }) => accreditor))].filter((it) => !seen.has(it))
    for (const accreditor of level) seen.add(accreditor)
  }
  return found
}

async function askDomain(
  domain: string,
  policy: Policy,
  { domain: ask }: GatherPorts,
): Promise<DomainAnswer> {
  return { domain, accounts: await orNull(ask?.(domain, policy)) }
}

function providersOf(pin: RegistryPin, policy: Policy, { connect }: GatherPorts): Provider[] {
  const urls = policy.providers.get(pin.home.chainId) ?? []
  return urls.map((url) => ({ name: hostOf(url), request: connect(url) }))
}

/** The host of a URL: its path often holds a key, which evidence must not carry about. */
function hostOf(url: string): string {
  return /^https?:\/\/(?:[^/@]*@)?([^/?#]+)/.exec(url)?.[1] ?? 'unnamed'
}

function timedOut(providers: readonly Provider[]): ChainEvidence {
  const answers = providers.map(({ name }) => ({ provider: name, outcome: 'timeout' as const }))
  return { observed: false, code: 'timeout', providers: answers }
}

async function orNull<T>(work: Promise<T | null> | undefined): Promise<T | null> {
  try {
    return (await work) ?? null
  } catch {
    // Whatever the reason, nobody served it; the checks that need it say that they could not look.
    return null
  }
}
