/**
 * Many rows of bytes as one: what goes to a thread and comes back from it is a few buffers that change hands, where each
 * array by itself would be copied with all that lies around it.
 */

import { invariant } from '../../src/index.ts'

/** Of each row its fields, one after the other; a field that is not there has the length `NOTHING`. */
export type Packed = {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly lengths: Uint32Array<ArrayBuffer>
}

type Field = Uint8Array | undefined

const NOTHING = 0xffffffff

export function packFields(rows: readonly (readonly Field[])[]): Packed {
  let [count, total] = [0, 0]
  for (const row of rows) {
    count += row.length
    for (const field of row) total += field?.length ?? 0
  }
  const bytes = new Uint8Array(total)
  const lengths = new Uint32Array(count)
  let [at, place] = [0, 0]
  for (const row of rows) {
    for (const field of row) {
      lengths[place] = field?.length ?? NOTHING
      place += 1
      if (field === undefined) continue
      bytes.set(field, at)
      at += field.length
    }
  }
  return { bytes, lengths }
}

/** The rows again, of so many fields each: views of what was packed. */
export function unpackFields({ bytes, lengths }: Packed, width: number): Field[][] {
  invariant(lengths.length % width === 0, `rows have ${width} fields each`)
  const rows: Field[][] = []
  let at = 0
  for (let from = 0; from < lengths.length; from += width) {
    const row: Field[] = []
    for (let place = from; place < from + width; place += 1) {
      const length = lengths[place] ?? NOTHING
      row.push(length === NOTHING ? undefined : bytes.subarray(at, at + length))
      if (length !== NOTHING) at += length
    }
    rows.push(row)
  }
  invariant(at === bytes.length, 'packed rows have no byte too many')
  return rows
}

/** Bytes of their own: a thread that is sent a view gets all that lies around it. */
export function byItself(view: Uint8Array): Uint8Array {
  return new Uint8Array(view)
}

/** What changes hands, for whoever posts it. */
export function buffersOf(...packed: readonly Packed[]): ArrayBuffer[] {
  return packed.flatMap(({ bytes, lengths }) => [bytes.buffer, lengths.buffer])
}
