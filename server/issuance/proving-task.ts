/**
 * Some certificates of a batch, as they were read back, are proven by the way that a holder and a verifier go: what a
 * thread can do that has no store and no master key.
 */

import {
  commitmentOfCertificate,
  equalBytes,
  hexOf,
  invariant,
  linkSecretOf,
  ownerTokenOf,
  parseCertificate,
  parseCid,
  pathLeadsTo,
  serverKeyAuthOf,
  sha256,
  SpareRoom,
} from '../../src/index.ts'
import type { AlikeCertificates } from '../../src/index.ts'
import { standInCar } from '../ipfs/car-copy.ts'
import type { Copied } from '../ipfs/car-copy.ts'
import { openCertificate } from '../ipfs/sealing.ts'
import { digestKey, readBlocks } from '../ipfs/segment.ts'
import type { DigestKey } from '../ipfs/segment.ts'
import type { SealedCertificate } from '../storage/store.ts'
import { pathTaker } from './paths.ts'
import { alikeByBatch } from './sealing-task.ts'
import type { BatchFacts } from './sealing-task.ts'

/** A row of the store, and the block that it names, read back and whole; without it, it is in the part's segment. */
export type ReadBack = SealedCertificate & {
  readonly commitment: Uint8Array
  readonly block?: Uint8Array
}

export type ProveTask = {
  readonly kind: 'prove'
  readonly batch: BatchFacts
  readonly rows: readonly ReadBack[]
  /** Of rows that follow each other in the tree, one after the other: what leads from each to the root, known to do so. */
  readonly paths?: Uint8Array
  /** Where the file of the part is. */
  readonly segment?: string
  /** Where the second copy of the part has to stand: in which file, from which byte on. */
  readonly copy?: { readonly path: string; readonly from: number }
}

export type Proven = {
  /** The places of rows whose block is not in the segment, whole: those are not proven yet. */
  readonly missing: readonly number[]
  /** Whether the second copy stands where it has to. */
  readonly isCopied: boolean
}

/**
 * Whoever was read when it was drafted is known again by its bytes, where the paths are known too: it has the
 * commitment that reading gave, and the bytes that a certificate with that path has. The first of each part goes the
 * whole way of a verifier, as does each that is not told by its bytes, and each whose path is not known.
 *
 * Throws `FormatError` where a document does not open or parse, and `InvariantError` where it is not the certificate that
 * the root stands for.
 */
export function prover(): (task: ProveTask) => Promise<Proven> {
  const alikeIn = alikeByBatch()
  // What is read of both copies of a part.
  const spare = new SpareRoom()
  return (task) =>
    spare.lend(async (take) => {
      const { segment, copy } = task
      const laid = segment === undefined ? undefined : await readBlocks(segment, take)
      const { missing, whole } = await proveRows(task, alikeIn(task.batch), laid)
      const isWhole = copy !== undefined && whole.length === task.rows.length
      const isCopied = isWhole && (await standInCar(copy.path, copy.from, whole, take))
      return { missing, isCopied }
    })
}

type Laid = ReadonlyMap<DigestKey, Uint8Array>

/** Answers with the places of rows without a block, and with what is whole in the segment. */
async function proveRows(
  { batch, rows, paths }: ProveTask,
  alike: AlikeCertificates,
  laid: Laid | undefined,
): Promise<{ missing: number[]; whole: Copied[] }> {
  const pathOf = paths && pathTaker(paths, batch.size)
  const missing: number[] = []
  const whole: Copied[] = []
  for (const [place, row] of rows.entries()) {
    const path = pathOf?.(row.index)
    const found = wholeIn(laid, row.cid)
    const block = row.block ?? found?.block
    if (block === undefined) {
      missing.push(place)
      continue
    }
    if (found !== undefined) whole.push(found)
    const linkSecret = linkSecretOf(batch.secret, row.index, row.sealing)
    const bytes = await openCertificate(block, linkSecret, row.serverKey)
    const isKnown =
      path !== undefined &&
      place > 0 &&
      alike.isOf(bytes, { index: row.index, path }, row.commitment)
    if (!isKnown) proveRead(batch, row, bytes)
    proveLink(row, linkSecret)
  }
  return { missing, whole }
}

function wholeIn(laid: Laid | undefined, cid: string): Copied | undefined {
  if (laid === undefined) return undefined
  const { digest } = parseCid(cid, 'cid')
  const block = laid.get(digestKey(digest))
  return block !== undefined && equalBytes(sha256(block), digest) ? { digest, block } : undefined
}

/** As a verifier reads it. */
function proveRead(batch: BatchFacts, row: ReadBack, bytes: Uint8Array): void {
  const { root, size } = batch
  const { index, cid } = row
  const certificate = parseCertificate(bytes)
  const commitment = commitmentOfCertificate(certificate)
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
}

function proveLink({ cid, keyAuthHash, ownerHash }: ReadBack, linkSecret: Uint8Array): void {
  invariant(
    equalBytes(sha256(serverKeyAuthOf(linkSecret)), keyAuthHash) &&
      equalBytes(sha256(ownerTokenOf(linkSecret)), ownerHash),
    `the link of ${cid} opens its server key`,
  )
}
