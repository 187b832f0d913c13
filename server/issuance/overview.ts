/** How batches stand, for whoever watches over them: one, a page of them, its certificates, and every change. */

import type { BatchOverview, BatchPage, Rejection } from '../storage/queue.ts'
import { parseWarnings } from './links.ts'
import { IssuingError } from './errors.ts'
import { parseLearner, places } from './parts.ts'
import type { IssuingParts } from './parts.ts'
import type { Learner, RowWarning } from './types.ts'

type ViewParts = Pick<IssuingParts, 'store' | 'issuer'>

export type BatchView =
  | (Omit<BatchOverview, 'warnings'> & { readonly warnings: readonly RowWarning[] })
  | (Rejection & { readonly state: 'rejected' })

/** Throws `IssuingError` `not-found`, for another issuer's too. */
export async function viewOf({ store, issuer }: ViewParts, batchId: string): Promise<BatchView> {
  const overview = await store.overviewOf(issuer, batchId)
  if (overview !== undefined) return shown(overview)
  const rejection = await store.findRejection(issuer, batchId)
  if (rejection !== undefined) return { ...rejection, state: 'rejected' }
  throw new IssuingError('not-found', 'there is no such batch')
}

/** One issuer's, newest first. */
export async function listBatches(
  { store, issuer }: ViewParts,
  page: BatchPage,
): Promise<BatchView[]> {
  return (await store.listBatches(issuer, page)).map(shown)
}

function shown(overview: BatchOverview): BatchView {
  return { ...overview, warnings: parseWarnings(overview.warnings) }
}

export type WatchOptions = {
  readonly signal: AbortSignal
  /** How often the store is asked, for what another server does, milliseconds. */
  readonly pollMs: number
  /** Tells of what this server does, at once. */
  readonly onProgress?: ((listener: (batchId: string) => void) => () => void) | undefined
}

/**
 * The batch as it stands, then after every change, until it is anchored or rejected, or `signal` ends it. Throws
 * `IssuingError` `not-found`.
 */
export async function* watchBatch(
  parts: ViewParts,
  batchId: string,
  { signal, pollMs, onProgress }: WatchOptions,
): AsyncGenerator<BatchView> {
  const bell = bellOf()
  const stopListening = onProgress?.((changed) => {
    if (changed === batchId) bell.ring()
  })
  const wake = (): void => {
    bell.ring()
  }
  signal.addEventListener('abort', wake)
  try {
    for (let last = ''; !signal.aborted;) {
      const view = await viewOf(parts, batchId)
      const text = JSON.stringify(view)
      if (text !== last) yield view
      if (view.state === 'anchored' || view.state === 'rejected') return
      last = text
      await bell.wait(pollMs)
    }
  } finally {
    stopListening?.()
    signal.removeEventListener('abort', wake)
  }
}

/** Rung before it is waited for, it does not wait. */
function bellOf(): { ring(): void; wait(most: number): Promise<void> } {
  let isRung = false
  let wake = (): void => undefined
  return {
    ring: () => {
      isRung = true
      wake()
    },
    wait: async (most) => {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, most)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      isRung = false
    },
  }
}

export type CertificateView = {
  readonly index: number
  /** Of the file that the batch came from. */
  readonly row: number
  readonly cid: string
  readonly sealing: number
  /** Undefined once erased. */
  readonly learner: Learner | undefined
}

/** The most certificates of one page. */
export const MAX_PAGE = 1000

/** The sealed certificates of a batch from index `from`, at most `limit` and `MAX_PAGE`. Throws `IssuingError` `not-found`. */
export async function listCertificates(
  parts: ViewParts & Pick<IssuingParts, 'vaultAt'>,
  batchId: string,
  { from, limit }: { readonly from: number; readonly limit: number },
): Promise<CertificateView[]> {
  await viewOf(parts, batchId)
  const batch = await parts.store.findBatch({ id: batchId })
  if (batch === undefined) return []
  const vault = parts.vaultAt(batch.masterVersion)
  const rows = await parts.store.certificatesOf(batchId, from, Math.min(limit, MAX_PAGE))
  return rows.map(({ index, row, cid, sealing, sealedLearner }) => {
    const place = places.learner(batchId, row)
    const learner = sealedLearner && parseLearner(vault.open(sealedLearner, place))
    return { index, row, cid, sealing, learner }
  })
}
