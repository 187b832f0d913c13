/**
 * Some certificates of a batch, as they were read back, are proven by the way that a holder and a verifier go: what a
 * thread can do that has no store and no master key.
 */

import {
  alikeCertificates,
  equalBytes,
  hexOf,
  invariant,
  linkSecretOf,
  ownerTokenOf,
  parseCid,
  pathLeadsTo,
  serverKeyAuthOf,
} from '../../src/index.ts'
import { isBlock, sha256 } from '../ipfs/hash.ts'
import { openCertificate } from '../ipfs/sealing.ts'
import { blocksIn, digestKey } from '../ipfs/segment.ts'
import type { SealedCertificate } from '../storage/store.ts'
import type { BatchFacts } from './sealing-task.ts'

/** A row of the store, and the block that it names, read back and whole; without it, it is in the part's segment. */
export type ReadBack = SealedCertificate & {
  readonly commitment: Uint8Array
  readonly block?: Uint8Array
}

type Alike = ReturnType<typeof alikeCertificates>

export type ProveTask = {
  readonly kind: 'prove'
  readonly batch: BatchFacts
  readonly rows: readonly ReadBack[]
  readonly segment?: Uint8Array
}

/**
 * Answers with the places of rows whose block is not in the segment, whole: those are not proven yet. Throws
 * `FormatError` where a document does not open or parse, and `InvariantError` where it is not the certificate that the
 * root stands for.
 */
export function prover(): (task: ProveTask) => Promise<number[]> {
  let batchId: string | undefined
  let alike = alikeCertificates()
  return async ({ batch, rows, segment }) => {
    if (batchId !== batch.id) alike = alikeCertificates()
    batchId = batch.id
    const laid = segment === undefined ? undefined : blocksIn(segment)
    const missing: number[] = []
    for (const [place, row] of rows.entries()) {
      const block = row.block ?? wholeIn(laid, row.cid)
      if (block === undefined) missing.push(place)
      else await proveOne(batch, row, block, alike)
    }
    return missing
  }
}

function wholeIn(
  laid: ReadonlyMap<string, Uint8Array> | undefined,
  cid: string,
): Uint8Array | undefined {
  const block = laid?.get(digestKey(parseCid(cid, 'cid').digest))
  return block !== undefined && isBlock(cid, block) ? block : undefined
}

async function proveOne(
  batch: BatchFacts,
  row: ReadBack,
  block: Uint8Array,
  alike: Alike,
): Promise<void> {
  const { root, size } = batch
  const { index, cid } = row
  const linkSecret = linkSecretOf(batch.secret, index, row.sealing)
  const certificate = alike.parse(await openCertificate(block, linkSecret, row.serverKey))
  const commitment = alike.commitmentOf(certificate)
  const { path } = certificate
  const isThisOne =
    certificate.root === root &&
    certificate.size === size &&
    certificate.index === index &&
    certificate.home.text === batch.home.text &&
    certificate.issuer === batch.issuer &&
    certificate.hidden.size === 0 &&
    certificate.disclosed.size === batch.pointers.length
  invariant(isThisOne, `the document ${cid} is certificate ${index} of ${root}`)
  invariant(
    commitment === hexOf(row.commitment) && pathLeadsTo({ root, size, index, commitment, path }),
    `the document ${cid} leads to ${root}`,
  )
  invariant(
    equalBytes(sha256(serverKeyAuthOf(linkSecret)), row.keyAuthHash) &&
      equalBytes(sha256(ownerTokenOf(linkSecret)), row.ownerHash),
    `the link of ${cid} opens its server key`,
  )
}
