/** `status`: how the service stands, from its own records and a few questions to the chain. It needs no key. */

import { statfs } from 'node:fs/promises'
import { RpcError } from '../../node/rpc.ts'
import type { Rpc } from '../../node/rpc.ts'
import { UnavailableError } from '../../src/index.ts'
import type { Address } from '../../src/index.ts'
import { readFunds } from '../chain/funds.ts'
import type { Funds } from '../chain/funds.ts'
import { chainName, countOf } from '../chain/kept.ts'
import { checkIdentity, readHeader } from '../chain/network.ts'
import type { ChainIdentity } from '../chain/network.ts'
import { batchesOf, isInHand } from '../fsck/parts.ts'
import { TROUBLES } from '../issuance/anchor-port.ts'
import type { BatchOutline } from '../storage/inspection.ts'
import type { PendingTransaction, Store } from '../storage/store.ts'
import type { ChainStatus, KeyStatus, ServiceStatus, WaitingBatch, WaitReason } from './types.ts'

/** A key of an issuer of the folder. */
type KeyName = {
  readonly issuer: Address
  readonly name: KeyStatus['name']
  readonly address: Address
}

export type StatusParts = {
  readonly store: Store
  readonly rpc: Rpc
  readonly chain: ChainIdentity
  readonly folder: string
  readonly home: string
  readonly signers: readonly KeyName[]
  /** Of fees, wei per gas; how many anchors a key must be able to pay for. */
  readonly limits: { readonly maxFeePerGas: bigint; readonly anchorsLeft: number }
  readonly documents: ServiceStatus['documents']
  readonly now: () => number
}

const MAX_LISTED = 100
/** Troubles that are looked through for those of the batches that are listed. */
const MAX_TROUBLES = 10_000
/** Under a twentieth free, or under half a gigabyte: time to make room. */
const LOW_PART = 20
const LOW_BYTES = 512 * 1024 * 1024

type Signer = KeyName & {
  readonly pending: readonly PendingTransaction[]
  readonly funds: Funds | undefined
  readonly mined: number
}

export async function readStatus(parts: StatusParts): Promise<ServiceStatus> {
  const { store, home, folder } = parts
  const chain = await chainStatus(parts)
  const signers: Signer[] = []
  for (const one of parts.signers) signers.push(await signerOf(parts, one, chain.isReachable))
  const { batches, waiting } = await countBatches(parts, chain, signers)
  const disk = await diskOf(folder)
  const openErasures = await store.openErasures(MAX_LISTED)
  const keys = signers.map((one) => keyStatus(parts, one))
  const isUnderfunded = keys.some(({ funds }) => funds?.isLow === true || funds?.isFeeAboveCap)
  const isStill = waiting.some(
    ({ why, trouble, isWorkedOn }) =>
      why !== 'awaiting-approval' && (!isWorkedOn || trouble !== undefined || isTrouble(why)),
  )
  const needsAttention =
    !chain.isReachable || isUnderfunded || isStill || disk.isLow || openErasures.length > 0
  return {
    home,
    issuers: [...new Set(parts.signers.map(({ issuer }) => issuer))],
    batches,
    waiting,
    chain,
    keys,
    store: store.kind,
    documents: parts.documents,
    disk,
    openErasures,
    needsAttention,
  }
}

async function chainStatus({ rpc, chain, now }: StatusParts): Promise<ChainStatus> {
  try {
    await checkIdentity(rpc, chain)
    const head = await readHeader(rpc, 'latest')
    const finalized = await readHeader(rpc, 'finalized')
    const headAgeSeconds = Math.round(now() / 1000 - head.timestamp)
    return { isReachable: true, head: head.number, headAgeSeconds, finalized: finalized.number }
  } catch (error) {
    if (!(error instanceof UnavailableError) && !(error instanceof RpcError)) throw error
    return { isReachable: false, error: error.message }
  }
}

async function signerOf(
  { rpc, store, chain, limits }: StatusParts,
  key: KeyName,
  isReachable: boolean,
): Promise<Signer> {
  const { address } = key
  const pending = await store.pendingTransactions(chainName(chain), address)
  const absent = { ...key, pending, funds: undefined, mined: 0 }
  if (!isReachable) return absent
  try {
    const funds = await readFunds(rpc, address, limits)
    return { ...absent, funds, mined: await countOf(rpc, address, 'latest') }
  } catch (error) {
    if (!(error instanceof UnavailableError) && !(error instanceof RpcError)) throw error
    return absent
  }
}

function keyStatus(
  { now }: StatusParts,
  { issuer, name, address, pending, funds }: Signer,
): KeyStatus {
  const oldest = Math.min(now(), ...pending.map(({ createdAt }) => createdAt))
  return {
    issuer,
    name,
    address,
    pending: pending.length,
    oldestPendingSeconds: Math.round((now() - oldest) / 1000),
    ...(funds === undefined
      ? {}
      : {
          funds: {
            balanceWei: funds.balance.toString(),
            feePerAnchorWei: funds.feePerAnchor.toString(),
            anchorsLeft: funds.anchorsLeft.toString(),
            isLow: funds.isLow,
            isFeeAboveCap: funds.isFeeAboveCap,
          },
        }),
  }
}

async function countBatches(
  parts: StatusParts,
  chain: ChainStatus,
  signers: readonly Signer[],
): Promise<Pick<ServiceStatus, 'batches' | 'waiting'>> {
  const batches = { open: 0, drafted: 0, sealed: 0, stored: 0, submitted: 0, anchored: 0 }
  const waiting: WaitingBatch[] = []
  const troubles = new Map(
    (await parts.store.troubles(MAX_TROUBLES)).map((one) => [one.batchId, one]),
  )
  for await (const batch of batchesOf(parts.store)) {
    batches[batch.state] += 1
    if (batch.state === 'anchored' || waiting.length === MAX_LISTED) continue
    const now = parts.now()
    // Whoever works on it knows best.
    const noted = troubles.get(batch.id) ?? batch.trouble
    waiting.push({
      batchId: batch.id,
      state: batch.state,
      why: noted === undefined ? reasonFor(batch, now, chain, signers) : troubleIn(noted.code),
      ...(noted === undefined
        ? {}
        : { trouble: { code: noted.code, seconds: Math.round((now - noted.since) / 1000) } }),
      isWorkedOn: isInHand(batch, now),
      ageSeconds: Math.round((now - batch.createdAt) / 1000),
    })
  }
  return { batches, waiting }
}

function reasonFor(
  batch: BatchOutline,
  now: number,
  chain: ChainStatus,
  signers: readonly Signer[],
): WaitReason {
  if (batch.awaitsApproval) return 'awaiting-approval'
  const isHeld = batch.leaseUntil > now
  const isAtChain = batch.state === 'stored' || batch.state === 'submitted'
  if (isAtChain && !chain.isReachable) return 'provider-down'
  const anchoring = signers.find(({ name, issuer }) => name === 'anchor' && issuer === batch.issuer)
  const pending = anchoring?.pending.find(({ intent }) => intent === `anchor:${String(batch.root)}`)
  if (isAtChain && pending !== undefined && pending.nonce >= (anchoring?.mined ?? 0)) {
    if (anchoring?.funds?.isFeeAboveCap === true) return 'fee-cap'
    if (anchoring?.funds?.anchorsLeft === 0n) return 'no-funds'
    if (isHeld) return 'not-mined'
  }
  if (!isHeld) return 'not-worked-on'
  if (batch.state === 'open') return 'being-read'
  return batch.state === 'submitted' ? 'not-final' : 'being-worked-on'
}

/** A trouble with the chain by its name, and every other one as `in-trouble`. */
function troubleIn(code: string): WaitReason {
  return TROUBLES.find((one) => one === code) ?? 'in-trouble'
}

function isTrouble(why: WaitReason): boolean {
  return TROUBLES.some((one) => one === why)
}

async function diskOf(folder: string): Promise<ServiceStatus['disk']> {
  const { bavail, blocks, bsize } = await statfs(folder)
  const [free, total] = [bavail * bsize, blocks * bsize]
  return { free, total, isLow: free < LOW_BYTES && free * LOW_PART < total }
}
