/** Links that were replaced stay replaced: where an older copy of the store brings a server key back, it is not given out. */

import { holding } from '../issuance/holding.ts'
import type { HoldingParts } from '../issuance/holding.ts'
import type { Store } from '../storage/store.ts'
import type { JournalEntry, ResealingEntry } from './journal.ts'

type WithholdingParts = HoldingParts & { readonly store: Store }

/**
 * Withholds the server key of every sealing that an entry of the journal replaced and that the store still has, until
 * somebody with the master key seals it anew (`resealOwed`). Batches that are not anchored have no key to give; they are
 * asked about again when they are. Answers with the CIDs.
 */
export async function withholdReplaced(
  parts: WithholdingParts,
  entries: readonly JournalEntry[],
  batchId?: string,
): Promise<string[]> {
  const withheld: string[] = []
  for (const entry of newestOf(entries)) {
    if (batchId !== undefined && entry.batchId !== batchId) continue
    const batch = await parts.store.findBatch({ id: entry.batchId })
    if (batch?.state !== 'anchored') continue
    if ((await staleCid(parts, entry)) === undefined) continue
    // Asked once more where nobody else changes the batch: the entry stands before the store has the new sealing.
    const cid = await holding(parts, entry.batchId, () => withhold(parts, entry))
    if (cid === undefined) continue
    const { issuer } = batch
    const at = parts.now()
    await parts.store.audit({ at, action: 'withhold', subject: cid, actor: 'journal', issuer })
    withheld.push(cid)
  }
  return withheld
}

async function withhold(
  parts: WithholdingParts,
  entry: ResealingEntry,
): Promise<string | undefined> {
  const oldCid = await staleCid(parts, entry)
  if (oldCid === undefined) return undefined
  const { batchId, index, reason } = entry
  await parts.store.oweResealing({ batchId, index, oldCid, reason })
  return oldCid
}

/** The CID under which a replaced sealing would be given out. */
async function staleCid(
  { store }: WithholdingParts,
  { batchId, index, sealing }: ResealingEntry,
): Promise<string | undefined> {
  const [row] = await store.certificatesOf(batchId, index, 1)
  if (row?.index !== index || row.sealedLearner === undefined || row.sealing >= sealing) {
    return undefined
  }
  return (await store.findOwed(row.cid)) === undefined ? row.cid : undefined
}

function newestOf(entries: readonly JournalEntry[]): ResealingEntry[] {
  const newest = new Map<string, ResealingEntry>()
  for (const entry of entries) {
    if (entry.kind !== 'reseal') continue
    const place = `${entry.batchId}/${entry.index}`
    const known = newest.get(place)
    if (known === undefined || known.sealing < entry.sealing) newest.set(place, entry)
  }
  return [...newest.values()]
}

/** The number of the next sealing: behind every one that was ever decided, also where the store is an older copy. */
export function nextSealing(
  entries: readonly JournalEntry[],
  { batchId, index, sealing }: { batchId: string; index: number; sealing: number },
): number {
  const known = newestOf(entries).find((one) => one.batchId === batchId && one.index === index)
  return Math.max(sealing, known?.sealing ?? 0) + 1
}
