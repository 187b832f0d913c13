/**
 * Before the irreversible step the whole batch is read back from storage and proven against its root by the way that a
 * holder and a verifier go: link secret, sealed block, certificate, commitment, path. Nothing that sealing kept in
 * memory is used.
 */

import {
  commitmentOfCertificate,
  equalBytes,
  invariant,
  layManifest,
  linkSecretOf,
  ownerTokenOf,
  parseCertificate,
  pathLeadsTo,
  serverKeyAuthOf,
} from '../../src/index.ts'
import { openCertificate } from '../ipfs/sealing.ts'
import type { StoredBatch, StoredCertificate } from '../storage/store.ts'
import { breathingFor, CHUNK } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import { parseCommitment, secretOf, sha256 } from './seal.ts'
import { cidsOf, inCarOrder, parseRoot } from './deliver.ts'

/**
 * Throws `BlockError` where a copy is missing or damaged, `FormatError` where a document does not open or parse, and
 * `InvariantError` where it is not the certificate that the root stands for. The batch is then not anchored.
 */
export async function proveBatch(
  parts: IssuingParts,
  work: Work,
  batch: StoredBatch,
): Promise<void> {
  const secret = secretOf(parts, batch)
  for (let from = 0; from < batch.size; from += CHUNK) {
    await work.renew()
    const rows = await parts.store.certificatesOf(batch.id, from, CHUNK)
    invariant(
      rows.length === Math.min(CHUNK, batch.size - from),
      `batch ${batch.id} has every index`,
    )
    for (const [i, row] of rows.entries()) {
      invariant(row.index === from + i, `batch ${batch.id} has index ${from + i}`)
      await proveOne(parts, batch, secret, row)
    }
    const done = Math.min(from + CHUNK, batch.size)
    work.progress({ step: 'prove', done, total: batch.size })
  }
  await proveCar(parts, work, batch)
}

async function proveOne(
  { documents, home, issuer }: IssuingParts,
  batch: StoredBatch,
  batchSecret: Uint8Array,
  row: StoredCertificate,
): Promise<void> {
  const { index, cid } = row
  const linkSecret = linkSecretOf(batchSecret, index, row.sealing)
  const block = await documents.get(cid, batch.manifest)
  const certificate = parseCertificate(await openCertificate(block, linkSecret, row.serverKey))
  const commitment = commitmentOfCertificate(certificate)
  const { path } = certificate
  const { size } = batch
  const root = parseRoot(batch.root)
  const isThisOne =
    certificate.root === root &&
    certificate.size === size &&
    certificate.index === index &&
    certificate.home.text === home.text &&
    certificate.issuer === issuer &&
    certificate.hidden.size === 0 &&
    certificate.disclosed.size === batch.pointers.length
  invariant(isThisOne, `the document ${cid} is certificate ${index} of ${root}`)
  invariant(
    commitment === parseCommitment(row.commitment) &&
      pathLeadsTo({ root, size, index, commitment, path }),
    `the document ${cid} leads to ${root}`,
  )
  invariant(
    equalBytes(sha256(serverKeyAuthOf(linkSecret)), row.keyAuthHash) &&
      equalBytes(sha256(ownerTokenOf(linkSecret)), row.ownerHash),
    `the link of ${cid} opens its server key`,
  )
}

/** The second copy: every node and certificate of the manifest, once, in order. */
async function proveCar(parts: IssuingParts, work: Work, batch: StoredBatch): Promise<void> {
  const cids = await cidsOf(parts, batch.id)
  const manifest = await layManifest(cids, breathingFor(parts, work))
  invariant(manifest.root === batch.manifest, `the manifest of batch ${batch.id} is its own`)
  const expected = inCarOrder(manifest.blocks, cids)
  let at = 0
  for await (const { cid } of parts.documents.readCar(batch.manifest)) {
    invariant(cid === expected[at], `the CAR of batch ${batch.id} has ${String(expected[at])}`)
    at += 1
    if (at % CHUNK === 0) await work.renew()
  }
  invariant(at === expected.length, `the CAR of batch ${batch.id} is whole`)
}
