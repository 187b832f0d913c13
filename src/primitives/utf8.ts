import { FormatError } from './errors.ts'

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of well-formed UTF-8; a byte order mark stays in it. @throws FormatError `not-utf8`, its field `byte N` */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return DECODER.decode(bytes)
  } catch {
    const where = `byte ${illFormedAt(bytes)}`
    throw new FormatError('not-utf8', where, `the text is not well-formed UTF-8 at ${where}`)
  }
}

/** Where the first sequence begins that is not of the Unicode standard's table 3-7; there is one. */
function illFormedAt(bytes: Uint8Array): number {
  let at = 0
  for (;;) {
    const length = sequenceAt(bytes, at)
    if (length === 0) return at
    at += length
  }
}

/** The length of the well-formed sequence that begins at a place, 0 where none does. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const [lead = 0xff, second = 0, ...rest] = bytes.subarray(at, at + 4)
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead > 0xf4) return 0
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  const others = rest.slice(0, length - 2)
  const isWhole = others.length === length - 2 && second >= low && second <= high
  return isWhole && others.every((byte) => byte >> 6 === 0b10) ? length : 0
}
