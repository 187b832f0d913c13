import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { rpcOf } from '../../../node/rpc.ts'
import type { Rpc } from '../../../node/rpc.ts'
import { openEmbeddedChain } from '../../../server/chain/embedded.ts'
import { deployRegistry, ensureOperator, fundLocally } from '../../../server/chain/deploy.ts'
import { readIdentity } from '../../../server/chain/network.ts'
import { freePort } from '../../../server/chain/port.ts'
import { registryOf, ROLES } from '../../../server/chain/registry.ts'
import type { Registry } from '../../../server/chain/registry.ts'
import { SEND_LIMITS, senderOf } from '../../../server/chain/sender.ts'
import type { Call, SenderParts } from '../../../server/chain/sender.ts'
import { newKey } from '../../../server/keys/keystore.ts'
import type { Key } from '../../../server/keys/keystore.ts'
import { keySigner } from '../../../server/keys/signer.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { parseHash32, REGISTRY_ADDRESS } from '../../../src/index.ts'
import type { BatchRoot } from '../../../src/index.ts'

/** A real chain with the registry on it, an issuer, its two operators, and a store. */
export type Anvil = {
  readonly url: string
  readonly rpc: Rpc
  readonly store: Store
  readonly registry: Registry
  readonly issuer: Key
  readonly anchorKey: Key
  readonly statusKey: Key
  partsOf(key: Key, more?: Partial<SenderParts>): SenderParts
  /** Two more blocks than finality needs. */
  finalize(): Promise<void>
  close(): Promise<void>
}

export async function openAnvil(): Promise<Anvil> {
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-anvil-'))
  const chain = await openEmbeddedChain(join(folder, 'chain'), await freePort())
  const rpc = rpcOf(chain.url)
  const store = openSqliteStore(join(folder, 'store.sqlite'))
  const identity = await readIdentity(rpc)
  const [issuer, anchorKey, statusKey] = [newKey(), newKey(), newKey()]
  const limits = { ...SEND_LIMITS, pollMs: 20, resendMs: 200, longestPauseMs: 200 }
  const partsOf = (key: Key, more: Partial<SenderParts> = {}): SenderParts => ({
    rpc,
    store,
    chain: identity,
    signer: keySigner(key),
    limits,
    now: Date.now,
    sleep,
    ...more,
  })
  const registry = registryOf(rpc, REGISTRY_ADDRESS)
  await fundLocally(rpc, [issuer.address, anchorKey.address, statusKey.address])
  const sender = senderOf(partsOf(issuer))
  await deployRegistry({ rpc, sender, sleep, pollMs: 20 })
  await ensureOperator(registry, sender, anchorKey.address, ROLES.anchor)
  await ensureOperator(registry, sender, statusKey.address, ROLES.suspend | ROLES.revoke)
  return {
    url: chain.url,
    rpc,
    store,
    registry,
    issuer,
    anchorKey,
    statusKey,
    partsOf,
    finalize: async () => {
      await rpc('anvil_mine', ['0x4', '0x1'])
    },
    close: async () => {
      await store.close()
      await chain.close()
      await rm(folder, { recursive: true })
    },
  }
}

export function newRoot(): BatchRoot {
  const root = parseHash32(`0x${randomBytes(32).toString('hex')}`, 'root')
  return root as BatchRoot
}

/** A call that anchors a root of five. */
export function anchorCall({ registry, issuer }: Anvil, root: BatchRoot): Call {
  return {
    intent: `anchor:${root}`,
    to: registry.address,
    data: registry.encode('anchor', [issuer.address, root, 5]),
    isDone: async () => (await registry.anchorOf(issuer.address, root)) !== undefined,
  }
}

/** The chain as before, save that some calls go through `bend` first. */
export function bent(
  { rpc }: Anvil,
  bend: (method: string, call: () => Promise<unknown>) => Promise<unknown>,
): Rpc {
  return (method, params) => bend(method, () => rpc(method, params))
}

/** How often a root was anchored. */
export async function anchoredEvents({ rpc, registry }: Anvil, root: string): Promise<number> {
  const topics = [registry.topicOf('Anchored'), null, root]
  const logs = await rpc('eth_getLogs', [{ address: registry.address, fromBlock: '0x0', topics }])
  return Array.isArray(logs) ? logs.length : -1
}
