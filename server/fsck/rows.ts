/** The rows of one batch: whole, in order, leading to its root; and each as a certificate that opens. */

import type { BatchOutline, CertificateOutline } from '../storage/inspection.ts'
import type { Vault } from '../keys/vault.ts'
import { places } from '../issuance/parts.ts'
import { checkCertificate, checkSealedFields } from './certificate.ts'
import { ownerOf, PAGE } from './parts.ts'
import type { RootedBatch, Run, StoredOutline } from './parts.ts'
import { rootBuilder } from './root.ts'

/** With `quick`, so many certificates of a batch are opened, spread over it. */
const SAMPLE = 16

/** I1 and I3: every index once, and the root that the commitments make. */
export async function checkRows(run: Run, batch: BatchOutline): Promise<void> {
  const { parts, findings } = run
  const { id, size, root } = batch
  if (batch.home !== parts.home.text || ownerOf(run, batch) === undefined) {
    findings.add('batch-foreign', id, `it belongs to ${batch.issuer} at ${batch.home}`)
  }
  // A file that is still being read has no size yet.
  if (size === undefined) return
  const counts = await parts.store.countRows(id)
  const isSealed = root !== undefined
  if (counts.rows !== size || (isSealed && counts.sealed !== size)) {
    const detail = `${counts.rows} rows, ${counts.sealed} of them sealed, of ${size}`
    findings.add('row-count', id, detail)
  }
  if (counts.indexed !== counts.rows || counts.indexes !== counts.indexed) {
    findings.add('row-order', id, `${counts.indexes} different indexes in ${counts.rows} rows`)
  }
  if (isSealed) await checkRooted(run, { ...batch, size, root })
}

async function checkRooted(run: Run, batch: RootedBatch): Promise<void> {
  const { findings, options } = run
  const builder = rootBuilder(batch.size)
  const opener = openerOf(run, batch)
  let expected = 0
  for await (const page of pagesOf(run, batch.id)) {
    for (const row of page) {
      if (row.index !== expected) {
        findings.add('row-order', `${batch.id}/${row.index}`, `index ${expected} was due here`)
      }
      expected = row.index + 1
      builder.add(row.commitment)
      await opener(row)
    }
    options.onProgress?.({ step: 'rows', done: expected, total: batch.size })
  }
  const root = builder.root()
  if (root === undefined || root === batch.root) return
  findings.add('root-differs', batch.id, `its rows make ${root}, not ${batch.root}`)
}

export async function* pagesOf(run: Run, batchId: string): AsyncGenerator<CertificateOutline[]> {
  let from = 0
  for (;;) {
    const page = await run.parts.store.rowsFrom(batchId, from, PAGE)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    from = last.index + 1
  }
}

type Opener = (row: CertificateOutline) => Promise<void>

/** I4 and I8, as far as the passphrase and what was erased or delivered leave it possible. */
function openerOf(run: Run, batch: RootedBatch): Opener {
  const { counts, options } = run
  const vault = vaultOf(run, batch)
  const { manifest } = batch
  const every = options.quick === true ? Math.max(1, Math.ceil(batch.size / SAMPLE)) : 1
  const secret = secretOf(run, vault, batch)
  return async (row) => {
    counts.certificates += 1
    const { cid } = row
    if (row.isErased) counts.erased += 1
    else if (vault === undefined) counts.locked += 1
    else {
      if (row.index % every === 0) checkSealedFields(run, vault, batch.id, row)
      if (isDelivered(batch)) counts.delivered += 1
      else if (secret !== undefined && cid !== undefined && manifest !== undefined) {
        const stored: StoredOutline = { ...batch, manifest }
        if (row.index % every === 0) await checkCertificate(run, stored, secret, { ...row, cid })
      }
    }
  }
}

/** Undefined without the passphrase, or where the key of the batch's version is gone: then its rows are closed. */
function vaultOf(run: Run, batch: BatchOutline): Vault | undefined {
  try {
    return ownerOf(run, batch)?.vaultAt?.(batch.masterVersion)
  } catch {
    return undefined
  }
}

/** Permanent links that were handed over: nobody can derive them again, and the secret is gone on purpose. */
function isDelivered({ permanent, sealedSecret }: BatchOutline): boolean {
  return permanent && sealedSecret === undefined
}

function secretOf(
  { findings }: Run,
  vault: Vault | undefined,
  batch: BatchOutline,
): Uint8Array | undefined {
  if (vault === undefined || isDelivered(batch)) return undefined
  try {
    if (batch.sealedSecret !== undefined) {
      return vault.open(batch.sealedSecret, places.batchSecret(batch.id))
    }
  } catch {
    // Told below.
  }
  findings.add('secret-damaged', batch.id, 'its secret does not open under the master key')
  return undefined
}
