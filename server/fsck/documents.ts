/** I7: every block that a batch names lies whole in both copies, and nothing of what was erased in either. */

import { manifestOf } from '../../src/index.ts'
import { BlockError } from '../ipfs/documents.ts'
import { inCarOrder } from '../issuance/deliver.ts'
import { reasonOf } from './findings.ts'
import type { Run, StoredOutline } from './parts.ts'
import { pagesOf } from './rows.ts'

/** What a batch's documents should be: CIDs only, some 60 bytes a certificate. */
type Expected = { readonly inCar: readonly string[]; readonly erased: ReadonlySet<string> }

export async function checkDocuments(run: Run, batch: StoredOutline): Promise<void> {
  const expected = await expectedOf(run, batch)
  if (expected === undefined) return
  const { inCar, erased } = expected
  let done = 0
  for (const cid of inCar) {
    await checkBlock(run, batch, cid, erased.has(cid))
    done += 1
    run.counts.blocks += 1
    if (done % 256 === 0 || done === inCar.length) {
      run.options.onProgress?.({ step: 'documents', done, total: inCar.length })
    }
  }
  await checkCar(run, batch, expected)
}

async function expectedOf(run: Run, batch: StoredOutline): Promise<Expected | undefined> {
  const cids: string[] = []
  const erased = new Set<string>()
  for await (const page of pagesOf(run, batch.id)) {
    for (const { cid, isErased } of page) {
      if (cid === undefined) continue
      cids.push(cid)
      if (isErased) erased.add(cid)
    }
  }
  const manifest = manifestIn(cids)
  if (manifest?.root === batch.manifest) return { inCar: inCarOrder(manifest.blocks, cids), erased }
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

async function checkBlock(
  run: Run,
  batch: StoredOutline,
  cid: string,
  isErased: boolean,
): Promise<void> {
  const { parts, findings, options } = run
  const { state } = await parts.inspector.inspect(cid)
  if (isErased) {
    if (state !== 'missing') findings.add('block-not-erased', cid, `of batch ${batch.id}`)
    return
  }
  if (state === 'whole') return
  if (options.heal === true && (await isHealed(run, batch, cid))) return
  findings.add(`block-${state}`, cid, `of batch ${batch.id}`)
}

/** Reading with the batch's root puts the block back from the CAR. */
async function isHealed(
  { parts, healed }: Run,
  batch: StoredOutline,
  cid: string,
): Promise<boolean> {
  const isBack = await parts.documents.get(cid, batch.manifest).then(
    () => true,
    () => false,
  )
  if (isBack) healed.push(cid)
  return isBack
}

async function checkCar(run: Run, batch: StoredOutline, expected: Expected): Promise<void> {
  const { findings, options } = run
  const fault = await carFault(run, batch, expected)
  if (fault === undefined) return
  if (options.heal === true && (await isCarHealed(run, batch, expected))) return
  findings.add(fault.code, fault.subject, fault.detail)
}

type CarFault = {
  readonly code: 'car-missing' | 'car-damaged' | 'car-differs' | 'block-not-erased'
  readonly subject: string
  readonly detail: string
}

async function carFault(
  { parts }: Run,
  { id, manifest }: StoredOutline,
  { inCar, erased }: Expected,
): Promise<CarFault | undefined> {
  const kept = inCar.filter((cid) => !erased.has(cid))
  let at = 0
  try {
    for await (const { cid } of parts.documents.readCar(manifest)) {
      if (erased.has(cid)) {
        return { code: 'block-not-erased', subject: cid, detail: `in the CAR of batch ${id}` }
      }
      if (cid !== kept[at]) {
        const detail = `batch ${id}: ${cid} stands where ${kept[at] ?? 'nothing'} belongs`
        return { code: 'car-differs', subject: manifest, detail }
      }
      at += 1
    }
  } catch (error) {
    const isGone = error instanceof BlockError && error.code === 'missing'
    const code = isGone ? 'car-missing' : 'car-damaged'
    return { code, subject: manifest, detail: `batch ${id}: ${reasonOf(error)}` }
  }
  if (at === kept.length) return undefined
  const detail = `batch ${id}: ${at} blocks of ${kept.length}`
  return { code: 'car-differs', subject: manifest, detail }
}

/** Written anew of the first copy, and read once more. */
async function isCarHealed(run: Run, batch: StoredOutline, expected: Expected): Promise<boolean> {
  const { parts, healed } = run
  const { inCar, erased } = expected
  const kept = async function* (): AsyncGenerator<string> {
    for (const cid of inCar) if (!erased.has(cid)) yield await Promise.resolve(cid)
  }
  const isWritten = await parts.documents.writeCar(batch.manifest, kept()).then(
    () => true,
    () => false,
  )
  if (!isWritten || (await carFault(run, batch, expected)) !== undefined) return false
  healed.push(batch.manifest)
  return true
}
