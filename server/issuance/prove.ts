/**
 * Before the irreversible step the whole batch is read back from storage and proven against its root by the way that a
 * holder and a verifier go: link secret, sealed block, certificate, commitment, path. Nothing that sealing kept in
 * memory is used.
 */

import { invariant, layManifest } from '../../src/index.ts'
import type { StoredBatch } from '../storage/store.ts'
import { cidsOf, inCarOrder, parseRoot } from './deliver.ts'
import { inTurn } from './in-turn.ts'
import { breathingFor, CHUNK } from './parts.ts'
import type { IssuingParts, Work } from './parts.ts'
import type { ReadBack } from './proving-task.ts'
import { bytesOf, factsOf } from './seal.ts'

/**
 * Throws `BlockError` where a copy is missing or damaged, `FormatError` where a document does not open or parse, and
 * `InvariantError` where it is not the certificate that the root stands for. The batch is then not anchored.
 */
export async function proveBatch(
  parts: IssuingParts,
  work: Work,
  batch: StoredBatch,
): Promise<void> {
  await parts.lender.lend(batch.size, async (hands) => {
    const facts = factsOf(parts, batch, parseRoot(batch.root))
    const start = async (from: number): Promise<true> => {
      await work.renew()
      await hands.prove({ kind: 'prove', batch: facts, rows: await readBack(parts, batch, from) })
      return true
    }
    await inTurn(batch.size, hands.ahead, start, (_, done) => {
      work.progress({ step: 'prove', done, total: batch.size })
      return Promise.resolve()
    })
  })
  await proveCar(parts, work, batch)
}

/** One part's rows, every index of it, and the blocks that they name. */
async function readBack(
  { store, documents }: IssuingParts,
  { id, size, manifest }: StoredBatch,
  from: number,
): Promise<ReadBack[]> {
  const stored = await store.certificatesOf(id, from, CHUNK)
  invariant(stored.length === Math.min(CHUNK, size - from), `batch ${id} has every index`)
  const blocks = await documents.getMany(
    stored.map(({ cid }) => cid),
    manifest,
  )
  const rows: ReadBack[] = []
  for (const [i, row] of stored.entries()) {
    const { index, cid, sealing, serverKey } = row
    invariant(index === from + i, `batch ${id} has index ${from + i}`)
    rows.push({
      index,
      cid,
      sealing,
      serverKey: serverKey && bytesOf(serverKey),
      keyAuthHash: bytesOf(row.keyAuthHash),
      ownerHash: bytesOf(row.ownerHash),
      commitment: bytesOf(row.commitment),
      block: bytesOf(blocks[i] ?? new Uint8Array()),
    })
  }
  return rows
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
