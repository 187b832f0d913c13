/** `fsck`: everything that is stored is proven anew, and compared with the documents and with the chain. */

import { stat } from 'node:fs/promises'
import { UnavailableError } from '../../src/index.ts'
import type { BatchOutline } from '../storage/inspection.ts'
import {
  askingChain,
  checkAnchor,
  checkNonces,
  checkUnknownAnchors,
  isChainThere,
} from './chain.ts'
import { checkDocuments } from './documents.ts'
import { newFindings, reasonOf } from './findings.ts'
import { batchesOf, isInHand, stuckAfter } from './parts.ts'
import type { FsckParts, Run } from './parts.ts'
import { checkRows } from './rows.ts'
import type { FsckOptions, FsckReport } from './types.ts'

/** Changes nothing, save with `heal`. Of a million certificates it holds the hashes and the names of one batch. */
export async function fsck(parts: FsckParts, options: FsckOptions = {}): Promise<FsckReport> {
  const counts = { batches: 0, certificates: 0, blocks: 0, nonces: 0, anchors: 0 }
  const opened = { opened: 0, erased: 0, delivered: 0, locked: 0 }
  const run: Run = {
    parts,
    options,
    findings: newFindings(),
    counts: { ...counts, ...opened },
    healed: [],
    areDocumentsAway: false,
  }
  await checkFiles(run)
  await checkingStore(run, 'store', () => checkStore(run))
  const isThere = await isChainThere(run)
  await checkingStore(run, 'batches', () => checkBatches(run, isThere))
  if (isThere) await checkChain(run)
  return reportOf(run)
}

async function checkStore({ parts, findings, options }: Run): Promise<void> {
  options.onProgress?.({ step: 'store', done: 0, total: 0 })
  for (const fault of await parts.store.selfCheck()) findings.add('store-damaged', 'store', fault)
  for (const cid of await parts.store.openErasures(100)) {
    findings.add('erasure-unfinished', cid, 'it was begun and not ended: erase it again')
  }
}

async function checkBatches(run: Run, isChainThere: boolean): Promise<void> {
  const seen = new Map<string, string>()
  for await (const batch of batchesOf(run.parts.store)) {
    run.counts.batches += 1
    await checkingStore(run, batch.id, async () => {
      await checkBatch(run, batch, seen)
      if (batch.state !== 'anchored' || !isChainThere) return
      await askingChain(run, batch.id, () => checkAnchor(run, storedOf(batch)))
    })
  }
}

async function checkBatch(run: Run, batch: BatchOutline, seen: Map<string, string>): Promise<void> {
  const { findings, parts } = run
  const { id, root, state, manifest } = batch
  if (root !== undefined) {
    const other = seen.get(root)
    if (other !== undefined) findings.add('root-doubled', id, `batch ${other} has the root ${root}`)
    seen.set(root, id)
  }
  // One that awaits approval may wait for as long as people take.
  if (state !== 'anchored' && !batch.awaitsApproval) {
    const age = parts.now() - batch.createdAt
    const isHeld = isInHand(batch, parts.now())
    if (age > stuckAfter(run)) findings.add('batch-stuck', id, `${state} for ${age} ms`)
    else if (!isHeld) findings.add('batch-unfinished', id, `${state}, and nobody works on it`)
  }
  await checkRows(run, batch)
  if (manifest !== undefined) await checkDocuments(run, storedOf(batch))
}

/** The states of rows are constraints of the store: one that has a manifest has all before it. */
function storedOf(batch: BatchOutline): BatchOutline & {
  readonly root: string
  readonly size: number
  readonly manifest: string
} {
  const { root = '', size = 0, manifest = '' } = batch
  return { ...batch, root, size, manifest }
}

async function checkChain(run: Run): Promise<void> {
  const { parts } = run
  for (const { issuer, signers } of parts.issuers) {
    await askingChain(run, issuer, () => checkUnknownAnchors(run, issuer))
    for (const signer of signers) await askingChain(run, signer, () => checkNonces(run, signer))
  }
}

/** A store that cannot even be read is a finding too, and no reason not to look at the rest. */
async function checkingStore(
  { findings }: Run,
  subject: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    const isAway = error instanceof UnavailableError
    findings.add(isAway ? 'store-unavailable' : 'store-damaged', subject, reasonOf(error))
  }
}

/** I9, as far as a program can see it: nobody else reads keys, store and documents. */
async function checkFiles({ parts, findings }: Run): Promise<void> {
  for (const path of parts.privatePaths) {
    const mode = await stat(path).then(
      (found) => found.mode & 0o077,
      () => 0,
    )
    if (mode !== 0) findings.add('mode-open', path, 'others than its owner may read or write it')
  }
}

function reportOf({ findings, counts, healed }: Run): FsckReport {
  const { batches, certificates, blocks, nonces, anchors, opened, erased, delivered } = counts
  if (counts.locked > 0) {
    const detail = `${counts.locked} certificates cannot be opened without the passphrase of the keys`
    findings.add('locked', 'certificates', detail)
  }
  return {
    outcome: findings.outcome(),
    findings: findings.list,
    more: findings.more(),
    checked: { batches, certificates, blocks, nonces, anchors },
    opened,
    erased,
    delivered,
    healed,
  }
}
