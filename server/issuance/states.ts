/** What the chain says of certificates at this moment: each anchor and each word of bits is read once. */

import { UnavailableError } from '../../src/index.ts'
import { WORD_BITS } from '../chain/registry.ts'
import type { Registry } from '../chain/registry.ts'
import type { Operation, OperationKind } from '../storage/operations.ts'
import type { Batch, StoredCertificate } from '../storage/store.ts'
import { parseRoot } from './deliver.ts'
import { IssuingError } from './errors.ts'
import type { IssuingParts } from './parts.ts'
import { certificateOf } from './target.ts'

export const CERTIFICATE_STATES = [
  'not-anchored',
  'standing',
  'suspended',
  'revoked',
  'batch-revoked',
  'unknown',
] as const

export type CertificateState = (typeof CERTIFICATE_STATES)[number]

export type StateParts = Pick<IssuingParts, 'store' | 'issuer'> & {
  readonly registry: Pick<Registry, 'anchorOf' | 'statusOf'>
}

/** One line of many: enough to see which certificates need a look. */
export type StateLine = {
  /** As it was asked for. */
  readonly cid: string
  readonly state: CertificateState
  /** The newest change that is asked for and not done. */
  readonly queued: OperationKind | undefined
  readonly isReplaced: boolean
}

/** Those of them that are this issuer's, in the order asked for; what is not there is left out. */
export async function statesOf(parts: StateParts, cids: readonly string[]): Promise<StateLine[]> {
  const { store } = parts
  const batchOf = onceEach((id: string) => store.findBatch({ id }))
  const queuedOf = onceEach((id: string) => store.queuedOperationsOf(id))
  const stateOf = stateReader(parts)
  const lines: StateLine[] = []
  for (const cid of cids) {
    const certificate = await standing(parts, cid)
    const batch = certificate && (await batchOf(certificate.batchId))
    if (certificate === undefined || batch === undefined) continue
    const { batchId, index, row } = certificate
    lines.push({
      cid,
      state: await stateOf(batch, index),
      queued: queuedFor(await queuedOf(batchId), index).at(-1)?.kind,
      isReplaced: (await store.findReplacement(batchId, row)) !== undefined,
    })
  }
  return lines
}

/** Those of a batch's operations that are about one certificate, oldest first. */
export function queuedFor(operations: readonly Operation[], index: number): Operation[] {
  return operations.filter((one) => one.index === undefined || one.index === index)
}

/** `unknown` where the chain does not answer. */
export function stateReader({
  registry,
  issuer,
}: Pick<StateParts, 'registry' | 'issuer'>): (
  batch: Batch,
  index: number,
) => Promise<CertificateState> {
  const anchorOf = onceEach((root: string) => registry.anchorOf(issuer, parseRoot(root)))
  const wordsOf = onceEach((key: string) => {
    const [root = '', word = ''] = key.split('/')
    return registry.statusOf(issuer, parseRoot(root), Number(word))
  })
  return async (batch, index) => {
    if (batch.state !== 'anchored') return 'not-anchored'
    try {
      const anchor = await anchorOf(batch.root)
      if (anchor === undefined) return 'unknown'
      if (anchor.revoked) return 'batch-revoked'
      const words = await wordsOf(`${batch.root}/${Math.floor(index / WORD_BITS)}`)
      const bit = 1n << BigInt(index % WORD_BITS)
      if ((words.revoked & bit) !== 0n) return 'revoked'
      return (words.suspended & bit) === 0n ? 'standing' : 'suspended'
    } catch (error) {
      if (error instanceof UnavailableError) return 'unknown'
      throw error
    }
  }
}

async function standing(parts: StateParts, cid: string): Promise<StoredCertificate | undefined> {
  try {
    return await certificateOf(parts, { cid })
  } catch (error) {
    if (error instanceof IssuingError && error.code === 'not-found') return undefined
    throw error
  }
}

function onceEach<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>()
  return (key) => {
    const known = answers.get(key) ?? ask(key)
    answers.set(key, known)
    return known
  }
}
