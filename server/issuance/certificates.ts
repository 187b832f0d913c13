/** A certificate as its issuer sees it: what the store keeps of it, and what the chain says of it at this moment. */

import { REASON_CODES } from '../../src/index.ts'
import type { ReasonCode } from '../../src/index.ts'
import type { Operation } from '../storage/operations.ts'
import type { MailRecord } from '../storage/outbox.ts'
import type { Share } from '../storage/shares.ts'
import type { Batch, StatusChange, StoredCertificate } from '../storage/store.ts'
import { certificateOf } from './target.ts'
import { parseLearner, places } from './parts.ts'
import type { IssuingParts } from './parts.ts'
import { queuedFor, stateReader } from './states.ts'
import type { CertificateState, StateParts } from './states.ts'
import type { EraseTarget, Learner } from './types.ts'

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
  /** Changes that this service made, oldest first. */
  readonly history: readonly StatusChange[]
  /** Letters that its link was sent in, oldest first. */
  readonly letters: readonly Pick<MailRecord, 'purpose' | 'state' | 'code' | 'createdAt'>[]
  /** What its holder made public: how many shares, how many of them stand, how often they were opened. */
  readonly shares: { readonly made: number; readonly standing: number; readonly opened: number }
}

export type ViewParts = StateParts & Pick<IssuingParts, 'vaultAt' | 'now'>

/** Throws `IssuingError` `not-found`. */
export async function viewCertificate(
  parts: ViewParts,
  target: EraseTarget,
): Promise<CertificateView> {
  const { store } = parts
  const certificate = await certificateOf(parts, target)
  const { cid, batchId, index, row, sealing } = certificate
  const batch = await store.findBatch({ id: batchId })
  const state = batch === undefined ? 'not-anchored' : await stateReader(parts)(batch, index)
  const tombstone = await store.findTombstone(cid)
  const changes = changesOf(await store.statusChangesOf(batchId), index)
  return {
    cid,
    batchId,
    index,
    row,
    sealing,
    learner: learnerOf(parts, certificate, batch),
    status: { state, reported: reportedOf(changes, state) },
    erased: tombstone && { reason: reasonOf(tombstone.reason), at: tombstone.erasedAt },
    replacedBy: await replacementOf(parts, batchId, row),
    queued: queuedFor(await store.queuedOperationsOf(batchId), index),
    history: changes,
    letters: await store.mailOf(batchId, row),
    shares: sharesTold(await store.sharesOf(batchId, row), parts.now()),
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

const LEADS_TO = {
  revoke: 'revoked',
  suspend: 'suspended',
  reinstate: 'standing',
  'revoke-batch': 'batch-revoked',
} as const

/** Those of a batch's changes that are about one certificate. */
export function changesOf(changes: readonly StatusChange[], index: number): StatusChange[] {
  return changes.filter(
    ({ action, indexes }) => action === 'revoke-batch' || indexes.includes(index),
  )
}

function reportedOf(
  changes: readonly StatusChange[],
  state: CertificateState,
): CertificateView['status']['reported'] {
  const last = changes.findLast(({ action }) => LEADS_TO[action] === state)
  return last && { reason: reasonOf(last.reason), at: last.at }
}

function sharesTold(shares: readonly Share[], now: number): CertificateView['shares'] {
  const standing = shares.filter(
    ({ withdrawnAt, expiresAt = Infinity }) => withdrawnAt === undefined && expiresAt > now,
  )
  const opened = shares.reduce((sum, share) => sum + share.opened, 0)
  return { made: shares.length, standing: standing.length, opened }
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
