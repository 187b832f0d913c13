/** Presence is looked at, never assumed: every copy of every block of a batch, and each healed from the other. */

import { withLock } from '../lock.ts'
import { carContents } from './car.ts'
import { carPath, heal, lockPath, writeCarAnew } from './copies.ts'
import type { Copies } from './copies.ts'
import type { AuditedCopy } from './documents.ts'
import { isBlock } from './hash.ts'

type Fault = 'missing' | 'damaged'

/** See `Documents.audit`. The CAR is read once, and what only it has whole goes back to the blocks on the way. */
export async function* auditCopies(
  copies: Copies,
  root: string,
  cids: readonly string[],
): AsyncGenerator<AuditedCopy> {
  const wanted = new Set(cids)
  const inCar = new Map<string, 'intact' | 'damaged'>()
  const mended = new Map<string, Fault>()
  for await (const { cid, bytes } of carContents(carPath(copies, root), root)) {
    const isWhole = isBlock(cid, bytes)
    inCar.set(cid, isWhole ? 'intact' : 'damaged')
    if (!isWhole || !wanted.has(cid)) continue
    const fault = faultOf(cid, await copies.blocks.read(cid))
    if (fault === undefined) continue
    const isHealed = await withLock(lockPath(copies, root), () =>
      heal(copies, { cid, bytes }, root),
    )
    if (isHealed) mended.set(cid, fault)
  }
  const carFaults: { cid: string; was: Fault | 'kept' }[] = []
  let areAllThere = true
  for (const cid of cids) {
    if (await copies.isErased(cid)) {
      areAllThere = false
      yield* removeRest(copies, root, cid)
      if (inCar.has(cid)) carFaults.push({ cid, was: 'kept' })
      continue
    }
    for await (const one of auditBlock(copies, cid, mended.get(cid))) {
      if (one.state === 'missing' || one.state === 'damaged') areAllThere = false
      yield one
    }
    const state = inCar.get(cid) ?? 'missing'
    if (state === 'intact') yield { cid, copy: 'car', state }
    else carFaults.push({ cid, was: state })
  }
  if (carFaults.length > 0) yield* mendCar(copies, root, cids, carFaults)
  if (areAllThere) await copies.blocks.pins?.addBatch(root)
}

/** The block of one that was not erased, and its pin. */
async function* auditBlock(
  { blocks }: Copies,
  cid: string,
  mended: Fault | undefined,
): AsyncGenerator<AuditedCopy> {
  const bytes = await blocks.read(cid)
  const fault = faultOf(cid, bytes)
  if (fault !== undefined) yield { cid, copy: 'block', state: fault }
  else if (mended !== undefined) yield { cid, copy: 'block', state: 'healed', was: mended }
  else yield { cid, copy: 'block', state: 'intact' }
  if (blocks.pins === undefined) return
  if (await blocks.pins.has(cid)) {
    yield { cid, copy: 'pin', state: 'intact' }
  } else if (fault === undefined && bytes !== undefined) {
    await blocks.put([{ cid, bytes }])
    yield { cid, copy: 'pin', state: 'healed', was: 'missing' }
  } else {
    yield { cid, copy: 'pin', state: 'missing' }
  }
}

/** What is left of an erased one: a removal that was cut short, or one by another server. */
async function* removeRest(copies: Copies, root: string, cid: string): AsyncGenerator<AuditedCopy> {
  if ((await copies.blocks.read(cid)) === undefined) return
  await withLock(lockPath(copies, root), () => copies.blocks.remove(cid, root))
  yield { cid, copy: 'block', state: 'healed', was: 'kept' }
}

async function* mendCar(
  copies: Copies,
  root: string,
  cids: readonly string[],
  faults: readonly { readonly cid: string; readonly was: Fault | 'kept' }[],
): AsyncGenerator<AuditedCopy> {
  const lost = new Set(
    await withLock(lockPath(copies, root), () => writeCarAnew(copies, root, cids)),
  )
  for (const { cid, was } of faults) {
    // What neither copy has is not in the CAR that was written.
    if (lost.has(cid)) yield { cid, copy: 'car', state: was === 'kept' ? 'missing' : was }
    else yield { cid, copy: 'car', state: 'healed', was }
  }
}

function faultOf(cid: string, found: Uint8Array | undefined): Fault | undefined {
  if (found === undefined) return 'missing'
  return isBlock(cid, found) ? undefined : 'damaged'
}
