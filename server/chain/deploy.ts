/**
 * One registry on every chain: CREATE2 with salt 0 through the deterministic-deployment proxy (EIP-1014,
 * https://github.com/Arachnid/deterministic-deployment-proxy), accepted by the hash of its code and by nothing else.
 */

import type { Rpc } from '../../node/rpc.ts'
import {
  concat,
  DEPLOYMENT_PROXY,
  DEPLOYMENT_SALT,
  bytesOfHex,
  hexOf,
  keccak256,
  REGISTRY_ADDRESS,
  REGISTRY_CODE_HASH,
  REGISTRY_INIT_CODE_HASH,
  UnavailableError,
  invariant,
  parseHex,
} from '../../src/index.ts'
import type { Address } from '../../src/index.ts'
import { REGISTRY_INIT_CODE } from './bytecode.ts'
import type { DeployReport } from '../issuance/types.ts'
import { ROLES } from './registry.ts'
import type { Registry } from './registry.ts'
import { parseBytes, parseQuantity } from './answers.ts'
import type { Sender } from './sender.ts'

/** The proxy's own creation, signed by nobody's key for every chain: 100 gwei, 100,000 gas, from this account. */
const PROXY_DEPLOYER = '0x3fab184622dc19b6109349b94811493bf2a45362'
const PROXY_TRANSACTION =
  '0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba02222222222222222222222222222222222222222222222222222222222222222a02222222222222222222222222222222222222222222222222222222222222222'
const PROXY_CREATION =
  '0x604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3'
const PROXY_CODE =
  '0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3'
const PROXY_GAS = 100_000n
const PROXY_PRICE = 100_000_000_000n

export type DeployParts = {
  readonly rpc: Rpc
  readonly sender: Sender
  readonly sleep: (milliseconds: number) => Promise<unknown>
  readonly pollMs: number
}

/** True if the registry's code with the pinned hash is there; false if nothing is. Throws where it is other code. */
export async function hasRegistry(rpc: Rpc): Promise<boolean> {
  const code = await codeAt(rpc, REGISTRY_ADDRESS)
  if (code === '0x') return false
  const hash = hexOf(keccak256(bytesOfHex(parseHex(code, code.length / 2 - 1, 'code'))))
  if (hash === REGISTRY_CODE_HASH) return true
  throw new UnavailableError(
    'refused',
    `other code stands at ${REGISTRY_ADDRESS}: its hash is ${hash}`,
  )
}

/** Brings the registry to its one address, through the proxy, which is brought there first. True if it was not there. */
export async function deployRegistry(parts: DeployParts): Promise<boolean> {
  if (await hasRegistry(parts.rpc)) return false
  await ensureProxy(parts)
  const creation = bytesOfHex(
    parseHex(REGISTRY_INIT_CODE, REGISTRY_INIT_CODE.length / 2 - 1, 'code'),
  )
  invariant(
    hexOf(keccak256(creation)) === REGISTRY_INIT_CODE_HASH,
    'the creation code is the pinned one',
  )
  await parts.sender.send({
    intent: 'deploy',
    to: DEPLOYMENT_PROXY,
    data: hexOf(concat(bytesOfHex(DEPLOYMENT_SALT), creation)),
    isDone: () => hasRegistry(parts.rpc),
  })
  return true
}

/** Registry, proxy and operators, each only where it is not there yet; on a local chain the keys get ether first. */
export async function deployAll(
  parts: DeployParts & { readonly registry: Registry },
  config: {
    readonly home: { readonly text: string }
    readonly issuer: Address
    readonly operators: { readonly anchor: Address; readonly status: Address }
  },
  isLocal: boolean,
): Promise<DeployReport> {
  const { anchor, status } = config.operators
  if (isLocal) await fundLocally(parts.rpc, [config.issuer, anchor, status])
  const deployed = await deployRegistry(parts)
  // No key that is online holds both ANCHOR and REVOKE (DESIGN section 3).
  const operators = [
    { address: anchor, roles: ROLES.anchor },
    { address: status, roles: ROLES.suspend | ROLES.revoke },
  ]
  for (const { address, roles } of operators) {
    await ensureOperator(parts.registry, parts.sender, address, roles)
  }
  return { home: config.home.text, codeHash: REGISTRY_CODE_HASH, deployed, operators }
}

/** Gives a key exactly these roles, if it has others. */
export async function ensureOperator(
  registry: Registry,
  issuer: Sender,
  operator: Address,
  roles: number,
): Promise<void> {
  await issuer.send({
    intent: `operator:${operator}:${roles}`,
    to: registry.address,
    data: registry.encode('setOperator', [operator, roles]),
    isDone: async () => (await registry.operatorOf(issuer.address, operator)).roles === roles,
    isReversible: true,
  })
}

/** Has the issuer hold this digest of its profile, if it holds another; `uri` is a hint where the bytes are. */
export async function ensureProfile(
  registry: Registry,
  issuer: Sender,
  digest: string,
  uri: string,
): Promise<void> {
  await issuer.send({
    intent: `profile:${digest}`,
    to: registry.address,
    data: registry.encode('setProfile', [digest, uri]),
    isDone: async () => (await registry.profileOf(issuer.address)) === digest,
    isReversible: true,
  })
}

async function ensureProxy({ rpc, sleep, pollMs }: DeployParts): Promise<void> {
  const code = await codeAt(rpc, DEPLOYMENT_PROXY)
  if (code === PROXY_CODE) return
  if (code !== '0x') throw new UnavailableError('refused', 'other code stands at the proxy')
  // Out of gas, the transaction would be mined and burn the only nonce: the address would be lost on that chain.
  const needed = parseQuantity(
    await rpc('eth_estimateGas', [{ from: PROXY_DEPLOYER, data: PROXY_CREATION }]),
    'gas',
  )
  if (needed > PROXY_GAS) {
    throw new UnavailableError('refused', `the proxy needs ${needed.toString()} gas on this chain`)
  }
  const balance = await rpc('eth_getBalance', [PROXY_DEPLOYER, 'latest'])
  if (parseQuantity(balance, 'a balance') < PROXY_GAS * PROXY_PRICE) {
    throw new UnavailableError(
      'refused',
      `send 0.01 ether to ${PROXY_DEPLOYER} for the proxy first`,
    )
  }
  await rpc('eth_sendRawTransaction', [PROXY_TRANSACTION])
  for (let i = 0; i < 240; i += 1) {
    if ((await codeAt(rpc, DEPLOYMENT_PROXY)) === PROXY_CODE) return
    await sleep(pollMs)
  }
  throw new UnavailableError('timeout', 'the proxy is not there yet')
}

async function codeAt(rpc: Rpc, address: string): Promise<string> {
  return parseBytes(await rpc('eth_getCode', [address, 'latest']), 'code')
}

/** Ether for keys of a LOCAL chain, whose operator may give any account any balance. */
export async function fundLocally(rpc: Rpc, addresses: readonly string[]): Promise<void> {
  const enough = 10n ** 20n
  for (const address of [...addresses, PROXY_DEPLOYER]) {
    const balance = parseQuantity(await rpc('eth_getBalance', [address, 'latest']), 'a balance')
    if (balance < enough / 10n) await rpc('anvil_setBalance', [address, `0x${enough.toString(16)}`])
  }
}
