/** The credential baked into a PNG picture: an `iTXt` chunk `openbadgecredential` (Open Badges 3.0, section 5.3). */
import { MAX_BUNDLE_BYTES } from '../../src/index.ts'
import { inflate } from './inflate.ts'
import type { Allowance } from './inflate.ts'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const KEYWORD = 'openbadgecredential'
/** A chunk is a length, a type, its content and a checksum. */
const FRAME_BYTES = 12
/** A picture has one; more are looked at, so that none hides behind another. */
const MAX_CREDENTIALS = 8
/** Of all such chunks together, decompressed: thousands of them stand in a small picture. */
const MAX_INFLATED = 4 * MAX_BUNDLE_BYTES

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte)
}

/** The texts of all such chunks, in their order; none where the picture carries none, or ends within a chunk before. */
export async function credentialsInPng(bytes: Uint8Array): Promise<Uint8Array[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Uint8Array[] = []
  const allowance = { left: MAX_INFLATED }
  let at = SIGNATURE.length
  while (at + FRAME_BYTES <= bytes.length && found.length < MAX_CREDENTIALS) {
    const length = view.getUint32(at)
    const end = at + 8 + length
    if (end + 4 > bytes.length) break
    if (asciiOf(bytes.subarray(at + 4, at + 8)) === 'iTXt') {
      const text = await textOf(bytes.subarray(at + 8, end), allowance)
      if (text !== undefined) found.push(text)
    }
    at = end + 4
  }
  return found
}

/** Keyword, 0, is compressed, method, language, 0, translated keyword, 0, text. */
async function textOf(chunk: Uint8Array, allowance: Allowance): Promise<Uint8Array | undefined> {
  const keywordEnd = chunk.indexOf(0)
  if (asciiOf(chunk.subarray(0, Math.max(0, keywordEnd))) !== KEYWORD) return undefined
  const isCompressed = chunk[keywordEnd + 1] === 1
  const languageEnd = chunk.indexOf(0, keywordEnd + 3)
  const translatedEnd = languageEnd < 0 ? -1 : chunk.indexOf(0, languageEnd + 1)
  if (translatedEnd < 0) return undefined
  const text = chunk.slice(translatedEnd + 1)
  return isCompressed ? inflate(text, MAX_BUNDLE_BYTES, { allowance }) : text
}

function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 80))
}
