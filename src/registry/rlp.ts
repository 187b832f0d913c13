import { decode, encode } from '@ethereumjs/rlp'
import { FormatError } from '../primitives/errors.ts'

/** Recursive length prefix, Ethereum's encoding of nested lists of byte strings (Yellow Paper, appendix B). */
export type RlpItem = Uint8Array | readonly RlpItem[]

/** Reads one item, which fills the bytes, in its one spelling. @throws FormatError `not-canonical` */
export function decodeRlp(bytes: Uint8Array, field: string): RlpItem {
  // The library reads nothing at all as the empty string, which has an encoding of its own.
  if (bytes.length === 0) throw new FormatError('not-canonical', field, `${field} is empty`)
  try {
    return decode(bytes)
  } catch {
    throw new FormatError('not-canonical', field, `${field} is not RLP in its one spelling`)
  }
}

/** The same as a list. @throws FormatError `not-canonical` or `wrong-type` */
export function decodeRlpList(bytes: Uint8Array, field: string): readonly RlpItem[] {
  const item = decodeRlp(bytes, field)
  if (!isList(item)) throw new FormatError('wrong-type', field, `${field} is no list`)
  return item
}

export function encodeRlp(item: RlpItem): Uint8Array {
  return encode(mutable(item))
}

export function isList(item: RlpItem): item is readonly RlpItem[] {
  return Array.isArray(item)
}

type MutableItem = Uint8Array | MutableItem[]

function mutable(item: RlpItem): MutableItem {
  return isList(item) ? item.map(mutable) : item
}
