/** Presence is looked at, never assumed: every copy of every block of a batch, and each healed from the other where asked. */

import { withLock } from '../lock.ts'
import { carContents } from './car.ts'
import { carPath, heal, inspect, lockPath, writeCarAnew } from './copies.ts'
import type { Copies } from './copies.ts'
import type { AuditedCopy, CopyFault } from './documents.ts'
import { isBlock } from './hash.ts'

type Audit = {
  readonly copies: Copies
  readonly root: string
  /** Of the whole batch, in the order of its CAR. */
  readonly cids: readonly string[]
  readonly heal: boolean
}

type CarFault = { readonly cid: string; readonly fault: CopyFault }

/** What the CAR holds, in its order, and the blocks that were taken from it, with what was wrong with them. */
type CarReading = {
  readonly inCar: Map<string, 'intact' | 'damaged'>
  readonly order: string[]
  readonly mended: Map<string, CopyFault>
}

/** See `Documents.audit`. */
export async function* auditCopies(audit: Audit): AsyncGenerator<AuditedCopy> {
  const { copies, root, cids } = audit
  const { inCar, order, mended } = await readCar(audit)
  const erased = new Set<string>()
  const carFaults: CarFault[] = []
  let areAllThere = true
  for (const cid of cids) {
    if (await copies.isErased(cid)) {
      erased.add(cid)
      yield* auditErased(audit, cid)
      if (inCar.has(cid)) carFaults.push({ cid, fault: 'kept' })
      continue
    }
    for await (const one of auditBlock(audit, cid, mended.get(cid))) {
      if (one.state !== 'intact' && one.state !== 'healed') areAllThere = false
      yield one
    }
    const state = inCar.get(cid) ?? 'missing'
    if (state === 'intact') yield { cid, copy: 'car', state }
    else carFaults.push({ cid, fault: state })
  }
  const stray = carFaults.length > 0 ? undefined : misplaced(cids, order, erased)
  if (stray !== undefined) carFaults.push({ cid: stray, fault: 'misplaced' })
  if (audit.heal && carFaults.length > 0) yield* mendCar(audit, carFaults)
  else for (const { cid, fault } of carFaults) yield { cid, copy: 'car', state: fault }
  if (audit.heal && areAllThere && erased.size === 0) await copies.blocks.pins?.addBatch(root)
}

/** The CAR is read once, and what only it has whole goes back to the blocks on the way. */
async function readCar({ copies, root, cids, heal: isHealing }: Audit): Promise<CarReading> {
  const wanted = new Set(isHealing ? cids : [])
  const inCar = new Map<string, 'intact' | 'damaged'>()
  const mended = new Map<string, CopyFault>()
  const order: string[] = []
  for await (const { cid, bytes } of carContents(carPath(copies, root), root)) {
    const isWhole = isBlock(cid, bytes)
    inCar.set(cid, isWhole ? 'intact' : 'damaged')
    order.push(cid)
    if (!isWhole || !wanted.has(cid)) continue
    const { state } = await inspect(copies, cid)
    if (state === 'intact') continue
    const isHealed = await withLock(lockPath(copies, root), () =>
      heal(copies, { cid, bytes }, root),
    )
    if (isHealed) mended.set(cid, state)
  }
  return { inCar, order, mended }
}

/** The first block of the CAR that stands where another one of the batch belongs, or none does. */
function misplaced(
  cids: readonly string[],
  order: readonly string[],
  erased: ReadonlySet<string>,
): string | undefined {
  const kept = cids.filter((cid) => !erased.has(cid))
  return order.find((cid, at) => cid !== kept[at])
}

/** The block of one that was not erased, and its pin. */
async function* auditBlock(
  { copies, heal: isHealing }: Audit,
  cid: string,
  mended: CopyFault | undefined,
): AsyncGenerator<AuditedCopy> {
  const { blocks } = copies
  const found = await inspect(copies, cid)
  if (found.state === 'intact' && mended !== undefined) {
    yield { cid, copy: 'block', state: 'healed', was: mended }
  } else {
    yield { cid, copy: 'block', state: found.state }
  }
  if (blocks.pins === undefined) return
  if (await blocks.pins.has(cid)) {
    yield { cid, copy: 'pin', state: 'intact' }
  } else if (isHealing && found.state === 'intact') {
    await blocks.put([{ cid, bytes: found.bytes }])
    yield { cid, copy: 'pin', state: 'healed', was: 'missing' }
  } else {
    yield { cid, copy: 'pin', state: 'missing' }
  }
}

/** What is left of an erased one: a removal that was cut short, or one by another server. */
async function* auditErased(
  { copies, root, heal: isHealing }: Audit,
  cid: string,
): AsyncGenerator<AuditedCopy> {
  if ((await copies.blocks.read(cid)) === undefined) return
  if (isHealing) {
    await withLock(lockPath(copies, root), () => copies.blocks.remove(cid, root))
    yield { cid, copy: 'block', state: 'healed', was: 'kept' }
  } else {
    yield { cid, copy: 'block', state: 'kept' }
  }
}

async function* mendCar(
  { copies, root, cids }: Audit,
  faults: readonly CarFault[],
): AsyncGenerator<AuditedCopy> {
  const lost = new Set(
    await withLock(lockPath(copies, root), () => writeCarAnew(copies, root, cids)),
  )
  for (const { cid, fault } of faults) {
    // What neither copy has is not in the CAR that was written.
    if (lost.has(cid)) yield { cid, copy: 'car', state: fault === 'kept' ? 'missing' : fault }
    else yield { cid, copy: 'car', state: 'healed', was: fault }
  }
}
