/** A real chain with certificates of every fate on it, for tests that put faults between it and a verifier. */
import { setTimeout as sleep } from 'node:timers/promises'
import { requestOf } from '../../node/rpc.ts'
import type { Rpc } from '../../node/rpc.ts'
import { REGISTRY_INIT_CODE } from '../../server/chain/bytecode.ts'
import { registryOf } from '../../server/chain/registry.ts'
import {
  accountOf,
  DEPLOYMENT_PROXY,
  DEPLOYMENT_SALT,
  gather,
  instantOfSeconds,
  parseAddress,
  parseHash32,
  parseHome,
  policyPinOf,
  presetOfChain,
  REGISTRY_ADDRESS,
  verify,
} from '../../src/index.ts'
import type {
  Address,
  Certificate,
  Evidence,
  Hash32,
  Instant,
  Policy,
  PolicyPin,
  Verdict,
} from '../../src/index.ts'
import { startAnvil } from './anvil-process.ts'
import type { AnvilProcess } from './anvil-process.ts'
import { credentialJson, issueBatch, policyOf } from './world.ts'
import type { Batch } from './world.ts'

const START = 1_781_500_000
const BLOCK_SECONDS = 12
/** A head older than this says nothing of now: ten blocks, far fewer than have passed since any change of status. */
const MAX_HEAD_AGE = 120
const CHAIN = '31337'
const HOME = parseHome(accountOf(CHAIN, REGISTRY_ADDRESS), 'home')
const UNTIL = 4_000_000_000

/** What became of a certificate, and so what a verifier who sees everything must say. */
export type Fate = 'good' | 'vouched' | 'revoked' | 'unanchored' | 'young'

/** What is true: the outcome, and the code of the one check that did not pass. */
export type Truth = readonly [outcome: Verdict['outcome'], code: string | undefined]

const TRUTH: Readonly<Record<Fate, Truth>> = {
  good: ['valid', undefined],
  /** Its issuer is not named by the policy, but accredited by somebody who is. */
  vouched: ['valid', undefined],
  revoked: ['invalid', 'revoked'],
  unanchored: ['invalid', 'not-anchored'],
  /** Anchored a moment ago: seen, and not final. */
  young: ['undetermined', 'not-final'],
}

export const FATES = Object.keys(TRUTH) as Fate[]

export interface AnchoredChain {
  readonly anvil: AnvilProcess
  readonly certificates: Readonly<Record<Fate, Certificate>>
  /** Another node, on a branch of the same chain as long as it, where nothing was ever revoked. */
  openBranch(): Promise<AnvilProcess>
  /** Blocks that a provider must be behind to know nothing of the anchors, or nothing of the revocation. */
  readonly behind: { readonly anchor: number; readonly revocation: number }
  /** The truth as of a block that is no older than the policy allows; as of the newest where it is `null`. */
  truthAt(fate: Fate, block: number | null): Truth
  /** The time to judge at: just after the head. */
  readonly now: Instant
  policyFor(fate: Fate, urls: readonly string[], timeoutMs: number): Policy
  close(): Promise<void>
}

export async function openAnchoredChain(): Promise<AnchoredChain> {
  const anvil = await startAnvil(START)
  try {
    return await prepared(anvil)
  } catch (error) {
    await anvil.close()
    throw error
  }
}

async function prepared(anvil: AnvilProcess): Promise<AnchoredChain> {
  const { rpc } = anvil
  const [issuer, accreditor, pupil] = await accountsOf(anvil)
  const registry = registryOf(rpc, REGISTRY_ADDRESS)
  const call = (from: Address, name: string, ...args: unknown[]) =>
    send(anvil, from, REGISTRY_ADDRESS, registry.encode(name, args))
  const anchor = (batch: Batch, by: Address) => call(by, 'anchor', by, batch.root, batch.size)

  await rpc('anvil_setBlockTimestampInterval', [BLOCK_SECONDS])
  await send(anvil, issuer, DEPLOYMENT_PROXY, `${DEPLOYMENT_SALT}${REGISTRY_INIT_CODE.slice(2)}`)
  const [main, other, never, late] = [
    batchOf(issuer, 'main'),
    batchOf(pupil, 'other'),
    batchOf(issuer, 'never'),
    batchOf(issuer, 'late'),
  ]
  await mine(anvil, 5)
  await call(accreditor, 'accredit', pupil, START, UNTIL, `0x${'0'.repeat(64)}`, '')
  const anchored = await anchor(main, issuer)
  await anchor(other, pupil)
  // Long enough for the anchors to be final before anything is taken back.
  await mine(anvil, 20)
  const before = await rpc('anvil_dumpState')
  const revoked = await call(issuer, 'revoke', issuer, main.root, 0, 1n << 3n, 3)
  await mine(anvil, 60)
  const lateAt = await anchor(late, issuer)
  const head = await mine(anvil, 3)
  const genesis = await genesisOf(anvil)
  return {
    anvil,
    certificates: {
      good: certificateOf(main, 1),
      vouched: certificateOf(other, 1),
      revoked: certificateOf(main, 3),
      unanchored: certificateOf(never, 1),
      young: certificateOf(late, 1),
    },
    openBranch: async () => {
      const branch = await startAnvil(START)
      await branch.rpc('anvil_loadState', [before])
      await mine(branch, head - revoked + 1)
      return branch
    },
    behind: { anchor: head - anchored + 1, revocation: head - revoked + 1 },
    truthAt: (fate, block) =>
      fate === 'young' && block !== null && block < lateAt ? TRUTH.unanchored : TRUTH[fate],
    now: instantOfSeconds((await timeOf(anvil, head)) + BLOCK_SECONDS),
    policyFor: (fate, urls, timeoutMs) =>
      policyOf({
        registries: [pinOf(genesis)],
        ...(fate === 'vouched'
          ? { issuers: [], accreditors: [{ account: accountOf(CHAIN, accreditor), name: 'A' }] }
          : { issuers: [{ account: accountOf(CHAIN, issuer), name: 'I' }] }),
        providers: { [CHAIN]: urls },
        quorum: 2,
        level: 'proven',
        timeoutMs,
      }),
    close: () => anvil.close(),
  }
}

export interface Judged {
  readonly verdict: Verdict
  readonly evidence: Evidence
  readonly milliseconds: number
}

/**
 * The way of every verifier: parse was done, gather over HTTP, judge.
 * @param pins which providers have shown the pinned chain before
 */
export async function judgeOver(
  { certificates, now }: AnchoredChain,
  fate: Fate,
  policy: Policy,
  pins = new Set<string>(),
): Promise<Judged> {
  const before = performance.now()
  const evidence = await gather(certificates[fate], policy, {
    connect: (url) => requestOf(url, policy.timeoutMs),
    delay: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
    pins,
  })
  const milliseconds = performance.now() - before
  return { verdict: verify(certificates[fate], evidence, policy, now), evidence, milliseconds }
}

/** Outcome, and the first code that keeps it from being valid. */
export function gistOf({ outcome, checks }: Verdict): Truth {
  const wanted = outcome === 'invalid' ? 'failed' : 'undetermined'
  for (const check of Object.values(checks)) {
    if (check.outcome !== 'passed' && check.outcome === wanted) return [outcome, check.code]
  }
  return [outcome, undefined]
}

/** Mines blocks; the number of the newest. */
export async function mine({ rpc }: AnvilProcess, blocks: number): Promise<number> {
  await rpc('anvil_mine', [`0x${blocks.toString(16)}`, `0x${BLOCK_SECONDS.toString(16)}`])
  return Number(await rpc('eth_blockNumber'))
}

async function send(
  { rpc }: AnvilProcess,
  from: Address,
  to: Address,
  data: string,
): Promise<number> {
  const hash = await rpc('eth_sendTransaction', [{ from, to, data, gas: '0x989680' }])
  const receipt = await receiptOf(rpc, hash)
  if (receipt['status'] !== '0x1') throw new Error('the transaction was reverted')
  return Number(receipt['blockNumber'])
}

async function receiptOf(rpc: Rpc, hash: unknown): Promise<Record<string, string>> {
  for (let tries = 0; tries < 200; tries += 1) {
    const receipt = await rpc('eth_getTransactionReceipt', [hash])
    if (receipt !== null) return receipt as Record<string, string>
    await sleep(5)
  }
  throw new Error('the transaction is not mined')
}

function batchOf(issuer: Address, label: string): Batch {
  const credentials = Array.from({ length: 7 }, (_, i) => credentialJson(i, issuer))
  return issueBatch(credentials, { issuer, home: HOME, label })
}

function certificateOf(batch: Batch, index: number): Certificate {
  const certificate = batch.certificates[index]
  if (certificate === undefined) throw new Error(`the batch has no certificate ${index}`)
  return certificate
}

async function accountsOf({ rpc }: AnvilProcess): Promise<[Address, Address, Address]> {
  const [first, second, third] = (await rpc('eth_accounts')) as string[]
  return [parseAddress(first, '0'), parseAddress(second, '1'), parseAddress(third, '2')]
}

async function genesisOf({ rpc }: AnvilProcess): Promise<Hash32> {
  const { hash } = (await rpc('eth_getBlockByNumber', ['0x0', false])) as { hash: string }
  return parseHash32(hash, 'genesis')
}

async function timeOf({ rpc }: AnvilProcess, number: number): Promise<number> {
  const block = await rpc('eth_getBlockByNumber', [`0x${number.toString(16)}`, false])
  return Number((block as { timestamp: string }).timestamp)
}

/** The pin of the embedded chain's preset, impatient with old heads. */
function pinOf(genesis: Hash32): PolicyPin {
  const preset = presetOfChain(CHAIN)
  if (preset === undefined) throw new Error('there is no preset of the embedded chain')
  return { ...policyPinOf(preset, genesis), maxHeadAge: MAX_HEAD_AGE }
}
