/**
 * Badges that carry their certificate, as Open Badges 3.0 bakes them: a PNG with one uncompressed `iTXt` chunk of the
 * keyword `openbadgecredential`, an SVG with an `openbadges:credential` as its first child. Both hold the JSON itself.
 */
import { concat, FormatError, utf8 } from '../../src/index.ts'

const KEYWORD = 'openbadgecredential'
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0'
const LENGTH_BYTES = 4
const TYPE_BYTES = 4
const CRC_BYTES = 4

type Chunk = { readonly type: string; readonly data: Uint8Array }

/**
 * @param png the picture; what it carried under our keyword is replaced
 * @param certificate the bytes of a certificate or presentation, JSON
 * @throws FormatError for what is no PNG
 */
export function bakePng(png: Uint8Array, certificate: Uint8Array): Uint8Array {
  const [header, ...others] = chunksOf(png)
  if (header?.type !== 'IHDR') throw notPng()
  const kept = others.filter((chunk) => !isBaked(chunk))
  const baked = { type: 'iTXt', data: textChunk(certificate) }
  const parts = [header, baked, ...kept].flatMap(printChunk)
  return concat(new Uint8Array(SIGNATURE), ...parts)
}

/** Keyword, no compression, no language, no translated keyword, text: PNG specification, section 11.3.4.5. */
function textChunk(text: Uint8Array): Uint8Array {
  return concat(utf8(KEYWORD), new Uint8Array(5), text)
}

function isBaked({ type, data }: Chunk): boolean {
  const name = new TextDecoder().decode(data.subarray(0, KEYWORD.length))
  return ['iTXt', 'tEXt', 'zTXt'].includes(type) && name === KEYWORD && data[KEYWORD.length] === 0
}

function chunksOf(png: Uint8Array): Chunk[] {
  if (SIGNATURE.some((byte, at) => png[at] !== byte)) throw notPng()
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const chunks: Chunk[] = []
  let at = SIGNATURE.length
  while (at < png.length) {
    if (at + LENGTH_BYTES + TYPE_BYTES > png.length) throw notPng()
    const start = at + LENGTH_BYTES + TYPE_BYTES
    const end = start + view.getUint32(at)
    if (end + CRC_BYTES > png.length) throw notPng()
    const type = new TextDecoder().decode(png.subarray(at + LENGTH_BYTES, start))
    chunks.push({ type, data: png.subarray(start, end) })
    at = end + CRC_BYTES
  }
  return chunks
}

function printChunk({ type, data }: Chunk): Uint8Array[] {
  const body = concat(utf8(type), data)
  return [uint32(data.length), body, uint32(crcOf(body))]
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

/** CRC-32 of ISO 3309, as PNG has it. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

function notPng(): FormatError {
  return new FormatError('wrong-value', 'png', 'png: this is no PNG')
}

/**
 * @param svg a drawing of ours, that begins with its `<svg …>`
 * @param certificate the bytes of a certificate or presentation, JSON
 * @throws FormatError for what does not begin with an `svg` element
 */
export function bakeSvg(svg: string, certificate: Uint8Array): string {
  const [opening] = /^<svg\b[^>]*>/.exec(svg) ?? []
  if (opening === undefined) throw new FormatError('wrong-value', 'svg', 'svg: this is no SVG')
  // What CDATA cannot hold is written as JSON may write any character of a text.
  const json = new TextDecoder()
    .decode(certificate)
    .replaceAll(']]>', String.raw`]]\u003e`)
    .replaceAll('\ufffe', String.raw`\ufffe`)
    .replaceAll('\uffff', String.raw`\uffff`)
  const named = `${opening.slice(0, -1)} xmlns:openbadges="${NAMESPACE}">`
  const credential = `<openbadges:credential><![CDATA[${json}]]></openbadges:credential>`
  return `${named}${credential}${svg.slice(opening.length)}`
}
