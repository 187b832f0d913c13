/**
 * Whether the chain still has what the store calls anchored. An embedded chain that was killed loses its last second, a
 * chain may be reorganised beyond what it called final, and a node may be put back from a copy: such an anchor is sent
 * again. Which transaction then anchors the batch (the kept one, or one of a new nonce) is the sender's matter; that the
 * root stands once is the contract's.
 */

import type { Rpc } from '../../node/rpc.ts'
import { parseAddress, parseHash32 } from '../../src/index.ts'
import type { BatchRoot } from '../../src/index.ts'
import type { AnchorOnRecord } from '../storage/standing.ts'
import type { Store } from '../storage/store.ts'
import { checkIdentity, readHeader } from './network.ts'
import type { ChainIdentity } from './network.ts'
import type { Registry } from './registry.ts'

export type ReconcileParts = {
  readonly rpc: Rpc
  readonly registry: Registry
  readonly chain: ChainIdentity
  readonly store: Pick<Store, 'anchoredBatches' | 'reopenAnchor' | 'noteTrouble' | 'audit'>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export type ReconcileReport = {
  readonly checked: number
  /** Batches whose anchor the chain lost, or has at another time: they are `submitted` again, and whoever resumes anchors them. */
  readonly lost: readonly string[]
}

const PAGE = 100
const AT_ONCE = 4

/**
 * Compares anchored batches with the registry, the last anchored first, at most `most` of them. Throws
 * `UnavailableError` where the node does not answer or serves another chain: then nothing is known, and nothing changed.
 */
export async function reconcile(parts: ReconcileParts, most: number): Promise<ReconcileReport> {
  const { rpc, store, chain } = parts
  await checkIdentity(rpc, chain)
  const lost: string[] = []
  let checked = 0
  while (checked < most) {
    // One that was put back leaves the list: those after it move up.
    const offset = checked - lost.length
    const page = await store.anchoredBatches(Math.min(PAGE, most - checked), offset)
    if (page.length === 0) break
    for (let start = 0; start < page.length; start += AT_ONCE) {
      const some = page.slice(start, start + AT_ONCE)
      const gone = await Promise.all(some.map((batch) => isLost(parts, batch)))
      for (const batch of some.filter((_, at) => gone[at])) {
        if (!(await store.reopenAnchor(batch.id, batch.anchoredAt))) continue
        await store.audit({
          at: parts.now(),
          action: 'anchor-lost',
          subject: batch.id,
          actor: 'chain',
          issuer: batch.issuer,
        })
        lost.push(batch.id)
      }
    }
    checked += page.length
  }
  return { checked, lost }
}

/**
 * A node that lags knows nothing of the newest anchors either: only one whose finalized block is later than the anchor
 * was says that it is lost. The header is read first, so that the record cannot be older. An anchor of another time was
 * lost too, and sent again: it is not final before its own time is.
 */
async function isLost({ rpc, registry }: ReconcileParts, batch: AnchorOnRecord): Promise<boolean> {
  const { timestamp } = await readHeader(rpc, 'finalized')
  const issuer = parseAddress(batch.issuer, 'issuer')
  // A void record (operator or issuer closed since) stands, and no second can.
  const record = await registry.recordOf(issuer, parseHash32(batch.root, 'root') as BatchRoot)
  if (record === undefined) return timestamp > batch.anchoredAt
  return record.anchoredAt !== batch.anchoredAt
}
