/** What `fsck` compares. */

import { UnavailableError } from '../../src/index.ts'
import type { Address, Home } from '../../src/index.ts'
import type { Rpc } from '../../node/rpc.ts'
import type { ChainIdentity } from '../chain/network.ts'
import type { Registry } from '../chain/registry.ts'
import type { Documents } from '../ipfs/documents.ts'
import type { Vault } from '../keys/vault.ts'
import type { BatchOutline } from '../storage/inspection.ts'
import type { Store } from '../storage/store.ts'
import { reasonOf } from './findings.ts'
import type { Findings } from './findings.ts'
import type { FsckOptions } from './types.ts'

export type FsckParts = {
  readonly store: Store
  readonly documents: Pick<Documents, 'audit' | 'inspect'>
  readonly rpc: Rpc
  readonly registry: Registry
  readonly chain: ChainIdentity
  readonly home: Home
  readonly issuers: readonly FsckIssuer[]
  /** Files and folders that only their owner may read. */
  readonly privatePaths: readonly string[]
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** An issuer of the folder, with every key that signs for it. */
export type FsckIssuer = {
  readonly issuer: Address
  readonly signers: readonly Address[]
  /** Undefined without the passphrase. */
  readonly vaultAt: ((masterVersion: number) => Vault) | undefined
}

export type Counts = Record<
  | 'batches'
  | 'certificates'
  | 'blocks'
  | 'nonces'
  | 'anchors'
  | 'opened'
  | 'erased'
  | 'delivered'
  | 'locked',
  number
>

/** One run: what was found so far, and how it was asked for. */
export type Run = {
  readonly parts: FsckParts
  readonly options: FsckOptions
  readonly findings: Findings
  readonly counts: Counts
  readonly healed: string[]
  /** Set once the documents did not answer: each of a million more would be waited for. */
  areDocumentsAway: boolean
}

/** A batch that has a root. */
export type RootedBatch = BatchOutline & { readonly root: string; readonly size: number }
/** A batch whose documents are all there. */
export type StoredOutline = RootedBatch & { readonly manifest: string }

export const PAGE = 256
export const DEFAULT_STUCK_MS = 60 * 60_000

/** Whose batch it is; undefined where it is nobody's of this folder. */
export function ownerOf({ parts }: Run, { issuer }: BatchOutline): FsckIssuer | undefined {
  return parts.issuers.find((one) => one.issuer === issuer)
}

/** Looks at documents, as long as whoever keeps them answers; undefined from then on. */
export async function askingDocuments<T>(
  run: Run,
  subject: string,
  look: () => Promise<T>,
): Promise<T | undefined> {
  if (run.areDocumentsAway) return undefined
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error
    run.areDocumentsAway = true
    run.findings.add('documents-unavailable', subject, reasonOf(error))
    return undefined
  }
}

export function stuckAfter({ options }: Run): number {
  return options.stuckAfterMs ?? DEFAULT_STUCK_MS
}

/** Somebody works on it, or will once it has rested. */
export function isInHand({ leaseUntil, trouble }: BatchOutline, now: number): boolean {
  return leaseUntil > now || (trouble?.restsUntil ?? 0) > now
}

export async function* batchesOf(store: Store): AsyncGenerator<BatchOutline> {
  let last: BatchOutline | undefined
  for (;;) {
    const page = await store.batchesAfter(last, PAGE)
    yield* page
    last = page.at(-1)
    if (last === undefined) return
  }
}
