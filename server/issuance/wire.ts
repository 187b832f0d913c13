/**
 * Tasks and answers as they go between the process and a thread: what is one row's bytes goes as fields of one packed
 * whole, and the buffers change hands.
 */

import { invariant } from '../../src/index.ts'
import type { SealedCertificate } from '../storage/store.ts'
import type { RowDraft, RowFaults } from './drafting-task.ts'
import { buffersOf, packFields, unpackFields } from './packing.ts'
import type { Packed } from './packing.ts'
import type { ProveTask } from './proving-task.ts'
import type { SealedPart, SealTask } from './sealing-task.ts'

/** A message, and the buffers in it that the sender has no longer. */
export type Parcel<T> = { readonly message: T; readonly moved: ArrayBuffer[] }

/** Of each row its draft, and by their places the rows that are none. */
export type SentDrafts = {
  readonly rows: Packed
  readonly faults: readonly ({ readonly place: number } & RowFaults)[]
}
export type SentSeal = Omit<SealTask, 'drafts'> & {
  readonly indexes: Uint32Array<ArrayBuffer>
  readonly drafts: Packed
}
export type SentProve = Omit<ProveTask, 'rows'> & {
  readonly cids: readonly string[]
  /** Of each row its index and its sealing. */
  readonly numbers: Uint32Array<ArrayBuffer>
  readonly rows: Packed
}
export type SentPart = Pick<SealedPart, 'blocks'> & {
  readonly cids: readonly string[]
  readonly numbers: Uint32Array<ArrayBuffer>
  readonly rows: Packed
}

const NO_DRAFT = [undefined, undefined, undefined]

export function sendDrafts(made: readonly (RowDraft | RowFaults)[]): Parcel<SentDrafts> {
  const rows = packFields(
    made.map((one) => ('faults' in one ? NO_DRAFT : [one.bytes, one.seed, one.commitment])),
  )
  const faults = made.flatMap((one, place) =>
    'faults' in one ? [{ place, faults: one.faults }] : [],
  )
  return { message: { rows, faults }, moved: buffersOf(rows) }
}

export function takeDrafts({ rows, faults }: SentDrafts): (RowDraft | RowFaults)[] {
  const faulty = new Map(faults.map((one) => [one.place, one]))
  return unpackFields(rows, NO_DRAFT.length).map(([bytes, seed, commitment], place) => {
    const wrong = faulty.get(place)
    if (wrong !== undefined) return { faults: wrong.faults }
    return { bytes: there(bytes), seed: there(seed), commitment: there(commitment) }
  })
}

export function sendSeal({ drafts, ...task }: SealTask): Parcel<SentSeal> {
  const indexes = Uint32Array.from(drafts, ({ index }) => index)
  const packed = packFields(drafts.map(({ credential, seed, path }) => [credential, seed, path]))
  const { room } = task
  const moved = [indexes.buffer, ...buffersOf(packed), ...(room === undefined ? [] : [room])]
  return { message: { ...task, indexes, drafts: packed }, moved }
}

export function takeSeal({ indexes, drafts, ...task }: SentSeal): SealTask {
  const taken = unpackFields(drafts, 3).map(([credential, seed, path], at) => ({
    index: indexes[at] ?? 0,
    credential: there(credential),
    seed: there(seed),
    path: there(path),
  }))
  return { ...task, drafts: taken }
}

export function sendPart({ blocks, rows }: SealedPart): Parcel<SentPart> {
  const packed = packFields(rows.map(keysOf))
  const sealed = 'segment' in blocks ? [blocks.segment] : blocks.map(({ bytes }) => bytes)
  const numbers = numbersOf(rows)
  // A segment and a sealed block are arrays of their own.
  const moved = [...sealed.map(({ buffer }) => buffer as ArrayBuffer), ...buffersOf(packed)]
  return {
    message: { blocks, cids: cidsOf(rows), numbers, rows: packed },
    moved: [numbers.buffer, ...moved],
  }
}

export function takePart({ blocks, cids, numbers, rows }: SentPart): SealedPart {
  return {
    blocks,
    rows: unpackFields(rows, 3).map((keys, at) => certificateOf(cids, numbers, keys, at)),
  }
}

export function sendProve({ rows, ...task }: ProveTask): Parcel<SentProve> {
  const packed = packFields(rows.map((row) => [...keysOf(row), row.commitment, row.block]))
  const numbers = numbersOf(rows)
  return {
    message: { ...task, cids: cidsOf(rows), numbers, rows: packed },
    moved: [numbers.buffer, ...buffersOf(packed)],
  }
}

export function takeProve({ rows, cids, numbers, ...task }: SentProve): ProveTask {
  const taken = unpackFields(rows, 5).map(([serverKey, keyAuth, owner, commitment, block], at) => ({
    ...certificateOf(cids, numbers, [serverKey, keyAuth, owner], at),
    commitment: there(commitment),
    ...(block === undefined ? {} : { block }),
  }))
  return { ...task, rows: taken }
}

function cidsOf(rows: readonly SealedCertificate[]): string[] {
  return rows.map(({ cid }) => cid)
}

function numbersOf(rows: readonly SealedCertificate[]): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(rows.flatMap(({ index, sealing }) => [index, sealing]))
}

type Keys = readonly (Uint8Array | undefined)[]

function keysOf({ serverKey, keyAuthHash, ownerHash }: SealedCertificate): Keys {
  return [serverKey, keyAuthHash, ownerHash]
}

function certificateOf(
  cids: readonly string[],
  numbers: Uint32Array,
  [serverKey, keyAuthHash, ownerHash]: Keys,
  at: number,
): SealedCertificate {
  return {
    index: numbers[2 * at] ?? 0,
    cid: cids[at] ?? '',
    sealing: numbers[2 * at + 1] ?? 0,
    serverKey,
    keyAuthHash: there(keyAuthHash),
    ownerHash: there(ownerHash),
  }
}

function there(field: Uint8Array | undefined): Uint8Array {
  invariant(field !== undefined, 'a row has its fields')
  return field
}
