/** I7: every block that a batch names lies whole in both copies, and nothing of what was erased in either. */

import { manifestOf } from '../../src/index.ts'
import type { AuditedCopy, CopyFault } from '../ipfs/documents.ts'
import { inCarOrder } from '../issuance/deliver.ts'
import { askingDocuments } from './parts.ts'
import type { Run, StoredOutline } from './parts.ts'
import { pagesOf } from './rows.ts'
import type { FsckCode } from './types.ts'

const TOLD_EVERY = 256

export async function checkDocuments(run: Run, batch: StoredOutline): Promise<void> {
  const [open] = await run.parts.store.unfinishedResealings(batch.id)
  if (open !== undefined) {
    // Rows, manifest and CAR agree again when it is ended.
    const detail = `the link to ${open.oldCid} is being replaced, and that was not ended`
    run.findings.add('reseal-unfinished', batch.id, detail)
    return
  }
  const inCar = await expectedOf(run, batch)
  if (inCar === undefined) return
  await askingDocuments(run, batch.id, () => audit(run, batch, inCar))
}

async function audit(run: Run, batch: StoredOutline, inCar: readonly string[]): Promise<void> {
  const { parts, options } = run
  const car = { ...NO_FAULTS }
  let done = 0
  const copies = parts.documents.audit(batch.manifest, inCar, { heal: options.heal === true })
  for await (const one of copies) {
    if (one.copy === 'car') takeCar(run, batch, one, car)
    else takeBlock(run, batch, one)
    if (one.copy !== 'block') continue
    run.counts.blocks += 1
    done += 1
    if (done % TOLD_EVERY === 0 || done === inCar.length) {
      options.onProgress?.({ step: 'documents', done, total: inCar.length })
    }
  }
  judgeCar(run, batch, car)
}

/** The CIDs of the batch's documents in the order of its CAR, some 60 bytes a certificate. */
async function expectedOf(run: Run, batch: StoredOutline): Promise<string[] | undefined> {
  const cids: string[] = []
  for await (const page of pagesOf(run, batch.id)) {
    for (const { cid } of page) if (cid !== undefined) cids.push(cid)
  }
  const manifest = manifestIn(cids)
  if (manifest?.root === batch.manifest) return inCarOrder(manifest.blocks, cids)
  const found = manifest?.root ?? 'none'
  run.findings.add('manifest-differs', batch.id, `its rows make ${found}, not ${batch.manifest}`)
  return undefined
}

function manifestIn(cids: readonly string[]): ReturnType<typeof manifestOf> | undefined {
  try {
    return manifestOf(cids)
  } catch {
    // A CID that does not parse, or none: the rows are not those of the manifest.
    return undefined
  }
}

/** A block or its pin. */
function takeBlock({ findings, healed }: Run, { id }: StoredOutline, one: AuditedCopy): void {
  const { cid, copy, state } = one
  if (state === 'intact') return
  if (state === 'healed') healed.push(cid)
  else findings.add(copy === 'pin' ? 'pin-missing' : CODES[state], cid, `of batch ${id}`)
}

const CODES: Readonly<Record<CopyFault, FsckCode>> = {
  missing: 'block-missing',
  damaged: 'block-damaged',
  kept: 'block-not-erased',
  misplaced: 'car-differs',
}

/** What is wrong with a CAR is told of it once, and not of each of its blocks. */
type CarFaults = Record<'intact' | 'healed' | 'missing' | 'damaged', number>
const NO_FAULTS: CarFaults = { intact: 0, healed: 0, missing: 0, damaged: 0 }

function takeCar(
  { findings }: Run,
  { id, manifest }: StoredOutline,
  { cid, state }: AuditedCopy,
  car: CarFaults,
): void {
  if (state === 'kept') findings.add('block-not-erased', cid, `in the CAR of batch ${id}`)
  else if (state === 'misplaced') {
    findings.add('car-differs', manifest, `batch ${id}: ${cid} stands where it does not belong`)
  } else car[state] += 1
}

function judgeCar(
  { findings, healed }: Run,
  { id, manifest }: StoredOutline,
  car: CarFaults,
): void {
  const { missing, damaged, intact } = car
  if (car.healed > 0) healed.push(manifest)
  if (missing + damaged === 0) return
  const isThere = intact + damaged + car.healed > 0
  const detail = `batch ${id}: of its documents ${missing} are missing and ${damaged} damaged`
  findings.add(isThere ? 'car-damaged' : 'car-missing', manifest, detail)
}
