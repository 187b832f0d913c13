/**
 * Drafts of a large batch without what the template says in each: a credential's canonical bytes as what stands before,
 * between and behind the pieces of a frame. A draft is encrypted, written, read in another order and deleted: a third of
 * the bytes do for that.
 *
 * A packed credential is a zero byte, then the texts around the pieces, each behind its length (u16, big-endian). One that
 * the frame does not fit is kept as it is, and begins with its brace.
 */

import { canonicalBytes, concat, invariant, Pen, subjectOf, utf8 } from '../../src/index.ts'
import type { JsonObject } from '../../src/index.ts'

/** Bytes that every credential of a batch is known to have, in this order: one fewer than there are texts around them. */
export type Frame = readonly Uint8Array[]

const PACKED = 0
const BRACE = 0x7b
const LENGTH_BYTES = 2
const LONGEST_TEXT = 0xffff

/** What the credential has in common with the others of its batch: where the template speaks, and nobody's row. */
export function frameOf(credential: JsonObject): Frame {
  const { '@context': context, credentialSchema, issuer, type } = credential
  const { achievement } = subjectOf(credential)
  const inOrder = { '@context': context, credentialSchema, achievement, issuer, type }
  return Object.entries(inOrder).flatMap(([name, value]) =>
    value === undefined ? [] : [concat(utf8(`"${name}":`), canonicalBytes(value))],
  )
}

/**
 * The texts alone, where the frame has the rest, as bytes of their own; of what is packed already, the bytes themselves.
 */
export function pack(credential: Uint8Array, frame: Frame): Uint8Array {
  if (credential[0] === PACKED) return credential
  const texts = textsAround(frame, credential)
  if (texts === undefined) return credential.slice()
  const packed = new Uint8Array(texts.reduce((sum, { length }) => sum + LENGTH_BYTES + length, 1))
  packed[0] = PACKED
  let at = 1
  for (const text of texts) {
    packed[at] = text.length >> 8
    packed[at + 1] = text.length & 0xff
    packed.set(text, at + LENGTH_BYTES)
    at += LENGTH_BYTES + text.length
  }
  return packed
}

/**
 * The credential's bytes again. Throws `InvariantError` for what was not packed with this frame.
 * @param pen what writes them, and has them until it writes something else
 */
export function unpack(packed: Uint8Array, frame: Frame | undefined, pen = new Pen()): Uint8Array {
  if (packed[0] === BRACE) return packed
  invariant(packed[0] === PACKED && frame !== undefined, 'a draft is packed with a frame, or whole')
  pen.start()
  let at = 1
  for (let place = 0; place <= frame.length; place++) {
    const text = at + LENGTH_BYTES
    const end = text + (((packed[at] ?? 0) << 8) | (packed[at + 1] ?? 0))
    invariant(end <= packed.length, 'a packed draft has every text, whole')
    pen.put(packed, text, end)
    const piece = frame[place]
    if (piece !== undefined) pen.put(piece)
    at = end
  }
  invariant(at === packed.length, 'a packed draft has no text too many')
  return pen.written()
}

/** A frame as bytes: of each piece its length (u32, big-endian), then itself. */
export function printFrame(frame: Frame): Uint8Array {
  return Buffer.concat(
    frame.flatMap((piece) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(piece.length)
      return [length, piece]
    }),
  )
}

/** A frame that this service printed. */
export function parseFrame(printed: Uint8Array): Frame {
  const bytes = Buffer.from(printed)
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const end = at + 4 + bytes.readUInt32BE(at)
    pieces.push(bytes.subarray(at + 4, end))
    at = end
  }
  return pieces
}

/**
 * What stands around the pieces, each taken where it is found first: whatever texts that gives, around the pieces they are
 * the same bytes. Undefined where a piece is missing.
 */
function textsAround(frame: Frame, credential: Uint8Array): Uint8Array[] | undefined {
  const bytes = Buffer.from(credential.buffer, credential.byteOffset, credential.byteLength)
  const texts: Uint8Array[] = []
  let from = 0
  for (const piece of frame) {
    const at = bytes.indexOf(piece, from)
    if (at < 0) return undefined
    texts.push(bytes.subarray(from, at))
    from = at + piece.length
  }
  texts.push(bytes.subarray(from))
  return texts.every(({ length }) => length <= LONGEST_TEXT) ? texts : undefined
}
