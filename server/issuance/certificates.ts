/** A certificate as its issuer sees it: what the store keeps of it, and what the chain says of it at this moment. */

import { REASON_CODES, UnavailableError } from '../../src/index.ts'
import type { ReasonCode } from '../../src/index.ts'
import { WORD_BITS } from '../chain/registry.ts'
import type { Registry } from '../chain/registry.ts'
import type { Operation } from '../storage/operations.ts'
import type { Batch, StatusChange, StoredCertificate } from '../storage/store.ts'
import { certificateOf } from './target.ts'
import { parseRoot } from './deliver.ts'
import { parseLearner, places } from './parts.ts'
import type { IssuingParts } from './parts.ts'
import type { EraseTarget, Learner } from './types.ts'

export const CERTIFICATE_STATES = [
  'not-anchored',
  'standing',
  'suspended',
  'revoked',
  'batch-revoked',
  'unknown',
] as const

export type CertificateState = (typeof CERTIFICATE_STATES)[number]

export type CertificateView = {
  readonly cid: string
  readonly batchId: string
  readonly index: number
  /** Of the file that the batch came from. */
  readonly row: number
  readonly sealing: number
  /** Undefined once erased. */
  readonly learner: Learner | undefined
  readonly status: {
    /** What the chain says now; `unknown` where it does not answer. */
    readonly state: CertificateState
    /** Of the change that this service made last towards it, as it was asked for; milliseconds since 1970. */
    readonly reported: { readonly reason: ReasonCode; readonly at: number } | undefined
  }
  readonly erased: { readonly reason: ReasonCode; readonly at: number } | undefined
  /** CID of the certificate that corrects it. */
  readonly replacedBy: string | undefined
  /** Changes that are asked for and not done, oldest first. */
  readonly queued: readonly Operation[]
}

export type ViewParts = Pick<IssuingParts, 'store' | 'issuer' | 'vaultAt'> & {
  readonly registry: Pick<Registry, 'anchorOf' | 'statusOf'>
}

/** Throws `IssuingError` `not-found`. */
export async function viewCertificate(
  parts: ViewParts,
  target: EraseTarget,
): Promise<CertificateView> {
  const { store } = parts
  const certificate = await certificateOf(parts, target)
  const { cid, batchId, index, row, sealing } = certificate
  const batch = await store.findBatch({ id: batchId })
  const state = batch === undefined ? 'not-anchored' : await stateOf(parts, batch, index)
  const tombstone = await store.findTombstone(cid)
  const queued = await store.queuedOperationsOf(batchId)
  return {
    cid,
    batchId,
    index,
    row,
    sealing,
    learner: learnerOf(parts, certificate, batch),
    status: { state, reported: reportedOf(await store.statusChangesOf(batchId), state, index) },
    erased: tombstone && { reason: reasonOf(tombstone.reason), at: tombstone.erasedAt },
    replacedBy: await replacementOf(parts, batchId, row),
    queued: queued.filter((one) => one.index === undefined || one.index === index),
  }
}

/** The word of a reason's number in the contract. */
export function reasonOf(number: number): ReasonCode {
  return REASON_CODES[number] ?? 'unspecified'
}

function learnerOf(
  { vaultAt }: ViewParts,
  { sealedLearner, batchId, row }: StoredCertificate,
  batch: Batch | undefined,
): Learner | undefined {
  if (sealedLearner === undefined || batch === undefined) return undefined
  const bytes = vaultAt(batch.masterVersion).open(sealedLearner, places.learner(batchId, row))
  return parseLearner(bytes)
}

async function stateOf(
  { registry, issuer }: ViewParts,
  batch: Batch,
  index: number,
): Promise<CertificateState> {
  if (batch.state !== 'anchored') return 'not-anchored'
  const root = parseRoot(batch.root)
  try {
    const anchor = await registry.anchorOf(issuer, root)
    if (anchor === undefined) return 'unknown'
    if (anchor.revoked) return 'batch-revoked'
    const words = await registry.statusOf(issuer, root, Math.floor(index / WORD_BITS))
    const bit = 1n << BigInt(index % WORD_BITS)
    if ((words.revoked & bit) !== 0n) return 'revoked'
    return (words.suspended & bit) === 0n ? 'standing' : 'suspended'
  } catch (error) {
    if (error instanceof UnavailableError) return 'unknown'
    throw error
  }
}

const LEADS_TO = {
  revoke: 'revoked',
  suspend: 'suspended',
  reinstate: 'standing',
  'revoke-batch': 'batch-revoked',
} as const

function reportedOf(
  changes: readonly StatusChange[],
  state: CertificateState,
  index: number,
): CertificateView['status']['reported'] {
  const last = changes.findLast(
    ({ action, indexes }) =>
      LEADS_TO[action] === state && (action === 'revoke-batch' || indexes.includes(index)),
  )
  return last && { reason: reasonOf(last.reason), at: last.at }
}

async function replacementOf(
  { store }: ViewParts,
  batchId: string,
  row: number,
): Promise<string | undefined> {
  const found = await store.findReplacement(batchId, row)
  if (found === undefined) return undefined
  // A batch of one: its only certificate has index 0.
  const [by] = await store.certificatesOf(found.byBatchId, 0, 1)
  return by?.cid
}
