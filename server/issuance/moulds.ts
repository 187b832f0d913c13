/**
 * Drafts of a large batch without what they share: a credential's canonical bytes as the values that stand between the
 * pieces of a mould. A draft is encrypted, written, read in another order, and deleted: a fifth of the bytes do for that.
 *
 * A packed credential begins with the number of its mould (one byte, below 64), then has of each value its length (u16,
 * big-endian) and its bytes. One that no mould fits is kept as it is, and begins with its brace.
 */

import { invariant } from '../../src/index.ts'

/** What stands before, between and behind the values: one piece more than there are values. */
export type Mould = readonly Uint8Array[]

const BRACE = 0x7b
const MOST_MOULDS = 64
const LENGTH_BYTES = 2
const LONGEST_VALUE = 0xffff

/** The values alone, where one of the moulds has the rest; otherwise the bytes themselves. */
export function pack(credential: Uint8Array, moulds: readonly Mould[]): Uint8Array {
  const bytes = bufferOf(credential)
  for (const [number, mould] of moulds.entries()) {
    const values = valuesIn(bytes, mould)
    if (values === undefined) continue
    const packed = new Uint8Array(
      values.reduce((sum, value) => sum + LENGTH_BYTES + value.length, 1),
    )
    packed[0] = number
    let at = 1
    for (const value of values) {
      packed[at] = value.length >> 8
      packed[at + 1] = value.length & 0xff
      packed.set(value, at + LENGTH_BYTES)
      at += LENGTH_BYTES + value.length
    }
    return packed
  }
  return credential
}

/** The credential's bytes again, by themselves. Throws `InvariantError` for what was not packed with these moulds. */
export function unpack(packed: Uint8Array, moulds: readonly Mould[]): Uint8Array<ArrayBuffer> {
  const number = packed[0] ?? 0
  if (number === BRACE) return new Uint8Array(packed)
  const mould = moulds[number]
  invariant(mould !== undefined, 'a draft was packed with a mould of its batch')
  const pieceBytes = mould.reduce((sum, { length }) => sum + length, 0)
  const valueBytes = packed.length - 1 - LENGTH_BYTES * (mould.length - 1)
  invariant(valueBytes >= 0, 'a packed draft has a value for each place of its mould')
  const bytes = new Uint8Array(pieceBytes + valueBytes)
  let [at, to] = [1, 0]
  for (const [place, piece] of mould.entries()) {
    if (place > 0) {
      const length = ((packed[at] ?? 0) << 8) | (packed[at + 1] ?? 0)
      at += LENGTH_BYTES
      invariant(at + length <= packed.length, 'a packed draft has its values whole')
      bytes.set(packed.subarray(at, at + length), to)
      at += length
      to += length
    }
    bytes.set(piece, to)
    to += piece.length
  }
  invariant(at === packed.length, 'a packed draft has no more values than its mould has places')
  return bytes
}

/** Moulds as bytes: of each the number of its pieces (u32), then of each piece its length (u32) and its bytes. */
export function printMoulds(moulds: readonly Mould[]): Uint8Array {
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return bytes
  }
  const printed = moulds
    .slice(0, MOST_MOULDS)
    .map((mould) => [
      number(mould.length),
      ...mould.flatMap((piece) => [number(piece.length), piece]),
    ])
  return Buffer.concat(printed.flat())
}

/** Moulds that this service printed. */
export function parseMoulds(printed: Uint8Array): Mould[] {
  const bytes = bufferOf(printed)
  const moulds: Uint8Array[][] = []
  let at = 0
  const number = (): number => {
    at += 4
    return bytes.readUInt32BE(at - 4)
  }
  while (at < bytes.length) {
    const pieces: Uint8Array[] = []
    for (let count = number(); count > 0; count--) {
      const length = number()
      pieces.push(bytes.subarray(at, at + length))
      at += length
    }
    moulds.push(pieces)
  }
  return moulds
}

/**
 * What stands between the pieces, each taken where it is found first: whatever values that gives, between the pieces they
 * are the same bytes. Undefined where a piece is missing.
 */
function valuesIn(bytes: Buffer, mould: Mould): Uint8Array[] | undefined {
  const [first, ...others] = mould
  const last = others.pop()
  if (first === undefined || last === undefined) return undefined
  const end = bytes.length - last.length
  if (!isAt(bytes, 0, first) || !isAt(bytes, end, last)) return undefined
  const values: Uint8Array[] = []
  let from = first.length
  for (const piece of others) {
    const at = bytes.indexOf(piece, from)
    if (at < 0) return undefined
    values.push(bytes.subarray(from, at))
    from = at + piece.length
  }
  if (from > end) return undefined
  values.push(bytes.subarray(from, end))
  return values.every(({ length }) => length <= LONGEST_VALUE) ? values : undefined
}

function isAt(bytes: Buffer, place: number, piece: Uint8Array): boolean {
  return place >= 0 && bytes.subarray(place, place + piece.length).equals(piece)
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
