/** Several providers of one chain in memory, each honest or changed in its own way, and what a verifier makes of them. */
import { gather } from '../../src/index.ts'
import type { Evidence, GatherPorts, ObservedChain, Policy, Request } from '../../src/index.ts'
import { addressFor } from './ledger.ts'
import { provingChain } from './proving-chain.ts'
import type { Fork, ProvingChain } from './proving-chain.ts'
import {
  certificateAt,
  HEAD_TIME,
  HOME,
  ledgerOf,
  policyJson,
  policyOf,
  STRANGER,
} from './world.ts'

export const CERTIFICATE = certificateAt(3)
export const never = () => new Promise<void>(() => undefined)
export const OTHER_HASH = `0x${'ab'.repeat(32)}`

export type Change = (call: Parameters<Request>[0], honest: Request) => Promise<unknown>

/** The registry as it stands for the batch of most tests, among words of others. */
export function chainOf(fork: Fork = 'prague', registry = HOME.registry): Promise<ProvingChain> {
  const ledger = ledgerOf()
  for (let at = 0; at < 40; at++) {
    ledger.accredit(addressFor(`accreditor ${at}`), STRANGER, [{ from: 1, until: 2 }])
  }
  return provingChain({ ledger, registry, headTime: HEAD_TIME, fork })
}

/** A policy on the chain that asks providers a, b, c … at the hosts `a.example` and so on. */
export function policyFor(
  chain: ProvingChain,
  count: number,
  change: Record<string, unknown> = {},
): Policy {
  const urls = Array.from({ length: count }, (_, at) => `https://${hostOf(at)}/`)
  return policyOf({
    registries: registriesOf(chain),
    providers: { [HOME.chainId]: urls },
    quorum: 2,
    level: 'proven',
    ...change,
  })
}

/** The policy's pin of the chain's registry, `change` replacing members. */
export function registriesOf(
  { genesis }: ProvingChain,
  change: Record<string, unknown> = {},
): Record<string, unknown>[] {
  const [registry] = policyJson()['registries'] as Record<string, unknown>[]
  return [{ ...registry, genesis, ...change }]
}

function hostOf(at: number): string {
  return `${String.fromCharCode(97 + at)}.example`
}

export interface Setting {
  readonly chain: ProvingChain
  /** What each provider does instead of answering honestly. */
  readonly changes: readonly (Change | undefined)[]
  readonly policy?: Record<string, unknown>
  readonly ports?: Partial<GatherPorts>
}

export async function look({
  chain,
  changes,
  policy = {},
  ports = {},
}: Setting): Promise<Evidence> {
  const requests = changes.map(
    (change): Request =>
      (call) =>
        change === undefined ? chain.request(call) : change(call, chain.request),
  )
  const connect = (url: string): Request => {
    const request = requests[url.charCodeAt('https://'.length) - 97]
    if (request === undefined) throw new Error(`nobody serves ${url}`)
    return request
  }
  return gather(CERTIFICATE, policyFor(chain, changes.length, policy), {
    connect,
    delay: never,
    ...ports,
  })
}

export function observed({ chain }: Evidence): ObservedChain {
  if (!chain.observed) throw new Error(`nothing was observed: ${chain.code}`)
  return chain
}

export function outcomes({ chain }: Evidence): string {
  return chain.providers.map(({ outcome }) => outcome).join(' ')
}

export const onMethod =
  (method: string, answer: (honest: unknown, params: readonly unknown[]) => unknown): Change =>
  async (call, honest) => {
    const truth = await honest(call)
    return call.method === method ? answer(truth, call.params) : truth
  }
export const refusing =
  (...methods: string[]): Change =>
  (call, honest) =>
    methods.includes(call.method) ? Promise.reject(new Error('not supported')) : honest(call)
export const hanging =
  (...methods: string[]): Change =>
  (call, honest) =>
    methods.includes(call.method) ? never() : honest(call)
export const dead: Change = () => Promise.reject(new Error('connection refused'))
