/** A real chain on which certificates of every fate stand, and the evidence that it gives at chosen moments. */
import { setTimeout as sleep } from 'node:timers/promises'
import { requestOf } from '../../../node/rpc.ts'
import { REGISTRY_INIT_CODE } from '../../../server/chain/bytecode.ts'
import { registryOf } from '../../../server/chain/registry.ts'
import {
  accountOf,
  DEPLOYMENT_PROXY,
  DEPLOYMENT_SALT,
  gather,
  hexOf,
  parseAddress,
  parseHome,
  REGISTRY_ADDRESS,
  sha256,
  utf8,
} from '../../../src/index.ts'
import type { Address, Certificate, Evidence, Hash32, Policy } from '../../../src/index.ts'
import { startAnvil } from '../anvil-process.ts'
import type { AnvilProcess } from '../anvil-process.ts'
import { credentialJson, issueBatch, policyOf } from '../world.ts'
import type { Batch } from '../world.ts'

export const CHAIN_ID = '31337'
export const HOME_TEXT = accountOf(CHAIN_ID, REGISTRY_ADDRESS)
export const DID_WEB = 'did:web:school.example'
const HOME = parseHome(HOME_TEXT, 'home')
const START = 1_781_500_000
const SECONDS_A_BLOCK = '0xc'
const UNTIL = 4_000_000_000
const [ANCHOR, SUSPEND_AND_REVOKE] = [1, 6]

/** Who is on the chain, and the records that they hold there by digest. */
export interface Cast {
  readonly issuer: Address
  readonly operator: Address
  readonly accreditor: Address
  readonly profile: Uint8Array
  readonly record: Uint8Array
}

export interface EvidenceChain {
  readonly anvil: AnvilProcess
  readonly cast: Cast
  readonly genesis: Hash32
  /** Anchored by the operator before everything else. */
  readonly main: Batch
  /** The same issuer under another name, which its profile lists. */
  readonly named: Batch
  /** Anchored by the issuer itself. */
  readonly own: Batch
  /** Evidence of a certificate at the head as it is, by a policy on this chain's registry. */
  look(certificate: Certificate, policy: Policy): Promise<Evidence>
  /** Certificate 3 of the main batch revoked, 4 suspended, and some blocks on top. */
  takeBack(): Promise<void>
  /** Anchors the batch in a block of its own, which is the one that a verifier looks at next. */
  anchorNow(batch: Batch): Promise<void>
  batchOf(label: string): Batch
  close(): Promise<void>
}

export async function openEvidenceChain(): Promise<EvidenceChain> {
  const anvil = await startAnvil(START)
  try {
    return await prepared(anvil)
  } catch (error) {
    await anvil.close()
    throw error
  }
}

async function prepared(anvil: AnvilProcess): Promise<EvidenceChain> {
  const { rpc } = anvil
  const cast = await castOf(anvil)
  const { issuer, operator, accreditor } = cast
  const registry = registryOf(rpc, REGISTRY_ADDRESS)
  const call = (from: Address, name: string, ...args: unknown[]) =>
    send(anvil, from, REGISTRY_ADDRESS, registry.encode(name, args))
  const batchOf = (label: string, id?: string) => issue(issuer, label, id)
  const [main, named, own] = [batchOf('main'), batchOf('named', DID_WEB), batchOf('own')]

  await rpc('anvil_setBlockTimestampInterval', [Number(SECONDS_A_BLOCK)])
  // Anvil's first block states an empty trie, whatever its accounts hold; the second proves that nothing is deployed.
  await mine(anvil, 1)
  await send(anvil, issuer, DEPLOYMENT_PROXY, `${DEPLOYMENT_SALT}${REGISTRY_INIT_CODE.slice(2)}`)
  await call(issuer, 'setOperator', operator, ANCHOR)
  await call(issuer, 'setOperator', accreditor, SUSPEND_AND_REVOKE)
  await call(issuer, 'setProfile', hexOf(sha256(cast.profile)), '')
  await call(accreditor, 'accredit', issuer, START, UNTIL, hexOf(sha256(cast.record)), '')
  for (const batch of [main, named]) {
    await call(operator, 'anchor', issuer, batch.root, batch.size)
  }
  await call(issuer, 'anchor', issuer, own.root, own.size)
  await mine(anvil, 16)
  const { hash: genesis } = (await rpc('eth_getBlockByNumber', ['0x0', false])) as { hash: Hash32 }
  return {
    anvil,
    cast,
    genesis,
    main,
    named,
    own,
    batchOf,
    look: (certificate, policy) =>
      gather(certificate, policy, {
        connect: () => requestOf(anvil.url, policy.timeoutMs),
        delay: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
        profile: () => Promise.resolve(cast.profile),
        record: () => Promise.resolve(cast.record),
      }),
    takeBack: async () => {
      await call(accreditor, 'revoke', issuer, main.root, 0, 1n << 3n, 3)
      await call(accreditor, 'suspend', issuer, main.root, 0, 1n << 4n, 8)
      await mine(anvil, 16)
    },
    anchorNow: async (batch) => {
      await call(operator, 'anchor', issuer, batch.root, batch.size)
      await mine(anvil, 2)
    },
    close: () => anvil.close(),
  }
}

/** A policy on the chain's registry, `change` replacing members and `checkpoints` pinned. */
export function policyJsonOn(
  { genesis, cast }: EvidenceChain,
  checkpoints: readonly { number: number; hash: string }[],
  change: Record<string, unknown> = {},
): Record<string, unknown> {
  const codeHash = '0x84a44dca414d7f68dcfc8fac4e5181115e719df09bbc50a7441d1ec53cb03c32'
  return {
    inaltera: 'policy/1',
    name: 'Evidence vectors',
    registries: [
      {
        home: HOME_TEXT,
        genesis,
        codeHash,
        kind: 'local',
        finality: 'finalized',
        maxHeadAge: 3_600,
        checkpoints,
      },
    ],
    providers: { [CHAIN_ID]: ['http://127.0.0.1:8545/'] },
    quorum: 1,
    level: 'reported',
    timeoutMs: 10_000,
    issuers: [{ account: accountOf(CHAIN_ID, cast.issuer), name: 'École Exemple' }],
    accreditors: [],
    domains: [],
    required: [],
    ...change,
  }
}

/** Members of a policy that trusts the accreditor, and the issuer through nobody else. */
export function accreditedOnly({ cast }: EvidenceChain): Record<string, unknown> {
  const account = accountOf(CHAIN_ID, cast.accreditor)
  return { issuers: [], accreditors: [{ account, name: 'Académie Exemple' }] }
}

export function policyOn(chain: EvidenceChain, change: Record<string, unknown> = {}): Policy {
  return policyOf(policyJsonOn(chain, [], change))
}

async function mine({ rpc }: AnvilProcess, blocks: number): Promise<void> {
  await rpc('anvil_mine', [`0x${blocks.toString(16)}`, SECONDS_A_BLOCK])
}

async function send(
  { rpc }: AnvilProcess,
  from: Address,
  to: Address,
  data: string,
): Promise<void> {
  const hash = await rpc('eth_sendTransaction', [{ from, to, data, gas: '0x989680' }])
  for (let tries = 0; tries < 400; tries += 1) {
    const receipt = (await rpc('eth_getTransactionReceipt', [hash])) as { status: string } | null
    if (receipt?.status === '0x1') return
    if (receipt !== null) throw new Error('the transaction was reverted')
    await sleep(5)
  }
  throw new Error('the transaction is not mined')
}

function issue(issuer: Address, label: string, id?: string): Batch {
  const credentials = Array.from({ length: 7 }, (_, i) => {
    const json = credentialJson(i, issuer)
    return id === undefined ? json : { ...json, issuer: { ...(json['issuer'] as object), id } }
  })
  return issueBatch(credentials, { issuer, home: HOME, label })
}

async function castOf({ rpc }: AnvilProcess): Promise<Cast> {
  const accounts = (await rpc('eth_accounts')) as string[]
  const [issuer, operator, accreditor] = [0, 1, 2].map((at) =>
    parseAddress(accounts[at]?.toLowerCase(), 'eth_accounts'),
  ) as [Address, Address, Address]
  const account = accountOf(CHAIN_ID, issuer)
  const text = (record: object) => utf8(JSON.stringify(record))
  return {
    issuer,
    operator,
    accreditor,
    profile: text({
      inaltera: 'profile/1',
      account,
      name: 'École Exemple',
      identifiers: [DID_WEB],
    }),
    record: text({
      inaltera: 'accreditation/1',
      accreditor: accountOf(CHAIN_ID, accreditor),
      issuer: account,
      name: 'École Exemple (accréditée)',
    }),
  }
}
