/** I2, I5, I6: the chain says of every batch and every nonce what the store says, and nothing of ours that it does not. */

import { parseHash32, UnavailableError } from '../../src/index.ts'
import type { Address, BatchRoot } from '../../src/index.ts'
import { RpcError } from '../../node/rpc.ts'
import { anchorLogs } from '../chain/anchor-logs.ts'
import { chainName, countOf } from '../chain/kept.ts'
import { checkIdentity, readHeader } from '../chain/network.ts'
import type { InspectionStore, NonceOutline } from '../storage/inspection.ts'
import { reasonOf } from './findings.ts'
import { PAGE, stuckAfter } from './parts.ts'
import type { Run, StoredOutline } from './parts.ts'

/** Whether the node is of this chain and answers; if not, that is a finding, and nothing is asked of it. */
export async function isChainThere(run: Run): Promise<boolean> {
  const { parts, findings } = run
  try {
    await checkIdentity(parts.rpc, parts.chain)
    return true
  } catch (error) {
    findings.add('chain-unavailable', chainName(parts.chain), reasonOf(error))
    return false
  }
}

/** Does `work` with the chain; one that goes away meanwhile leaves open what it was asked. */
export async function askingChain(
  { findings }: Run,
  subject: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof UnavailableError) && !(error instanceof RpcError)) throw error
    findings.add('chain-unavailable', subject, reasonOf(error))
  }
}

/** A batch that the store calls anchored has its anchor, the same in every field, and final. */
export async function checkAnchor(run: Run, batch: StoredOutline): Promise<void> {
  const { parts, findings, counts } = run
  const { id, root, size, anchoredAt, operator } = batch
  const { timestamp } = await readHeader(parts.rpc, 'finalized')
  const record = await parts.registry.anchorOf(
    batch.issuer as Address,
    parseHash32(root, 'root') as BatchRoot,
  )
  if (record === undefined) {
    findings.add('anchor-missing', id, `${root} does not stand in the registry`)
    return
  }
  counts.anchors += 1
  const isSame =
    record.size === size && record.anchoredAt === anchoredAt && record.operator === operator
  if (!isSame) {
    const says = `${record.size} by ${record.operator} at ${record.anchoredAt}`
    const detail = `the registry says ${says}; the store ${size} by ${String(operator)} at ${String(anchoredAt)}`
    findings.add('anchor-differs', id, detail)
  }
  if (record.anchoredAt >= timestamp) {
    findings.add('anchor-not-final', id, 'links were given out, and the anchor is not final')
  }
}

/** Anchors of ours that no batch has: a store that was put back from an old copy, or another that uses our key. */
export async function checkUnknownAnchors(run: Run, issuer: Address): Promise<void> {
  const { parts, findings, options } = run
  const since = await firstMoment(parts.store)
  try {
    for await (const { root, block } of anchorLogs(parts, issuer, since, options.onProgress)) {
      if ((await parts.store.findBatch({ root })) !== undefined) continue
      findings.add(
        'anchor-unknown',
        root,
        `anchored in block ${block}; the store has no such batch`,
      )
    }
  } catch (error) {
    if (!(error instanceof UnavailableError) && !(error instanceof RpcError)) throw error
    findings.add('logs-unavailable', parts.registry.address, reasonOf(error))
  }
}

/** Clocks of machines may be off by less. */
const DAY_SECONDS = 86_400

/** Seconds since 1970 before which this folder anchored nothing; 0 where the store knows no batch. */
async function firstMoment(store: InspectionStore): Promise<number> {
  const [first] = await store.batchesAfter(undefined, 1)
  return first === undefined ? 0 : Math.floor(first.createdAt / 1000) - DAY_SECONDS
}

/** Every nonce of this signer once, from the first that we gave to the chain's count, and each came to an end. */
export async function checkNonces(run: Run, signer: Address): Promise<void> {
  const { parts, findings, counts } = run
  const chain = chainName(parts.chain)
  const mined = await countOf(parts.rpc, signer, 'latest')
  let next: number | undefined
  for (;;) {
    const page = await parts.store.noncesAfter(chain, signer, (next ?? 0) - 1, PAGE)
    if (page.length === 0) break
    for (const one of page) {
      if (next !== undefined) reportGap(run, signer, { from: next, to: one.nonce, mined })
      checkNonce(run, signer, one, mined)
      counts.nonces += 1
      next = one.nonce + 1
    }
  }
  if (next === undefined || next >= mined) return
  const detail = `the chain has ${mined} transactions of this key; the store knows those below ${next}`
  findings.add('nonce-unknown', `${signer}/${next}`, detail)
}

type Gap = { readonly from: number; readonly to: number; readonly mined: number }

function reportGap({ findings }: Run, signer: Address, { from, to, mined }: Gap): void {
  if (from === to) return
  const subject = `${signer}/${from}`
  if (from < mined) {
    const detail = `nonces ${from} to ${to - 1} were used by transactions that the store does not know`
    findings.add('nonce-unknown', subject, detail)
  }
  if (to > mined) findings.add('nonce-gap', subject, `nothing can be mined before it is used`)
}

function checkNonce(run: Run, signer: Address, one: NonceOutline, mined: number): void {
  const { parts, findings } = run
  const subject = `${signer}/${one.nonce}`
  if (one.signed === 0) {
    findings.add('nonce-unsigned', subject, `reserved for ${one.intent}, and nothing was signed`)
  }
  if (one.state !== 'pending' && one.nonce >= mined) {
    findings.add('transaction-lost', subject, `${one.intent} was final, and the chain lost it`)
  }
  const age = parts.now() - one.createdAt
  if (one.state === 'pending' && age > stuckAfter(run)) {
    findings.add(
      'transaction-stuck',
      subject,
      `${one.intent} waits for ${Math.floor(age / 1000)} s`,
    )
  }
}
