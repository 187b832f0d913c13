/** Files that carry a credential, made by hand as their formats say (PNG, ISO 32000-1), and ones that only seem to. */
import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Length, type, content, checksum. */
export function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

export function textChunk(
  text: Uint8Array,
  compression = 0,
  keyword = 'openbadgecredential',
): Buffer {
  const head = Buffer.concat([Buffer.from(`${keyword}\0`), Buffer.from([compression, 0, 0, 0])])
  return chunk('iTXt', Buffer.concat([head, text]))
}

/** Eight grey pixels, with chunks between its head and its pixels; a text stands for its chunk. */
export function bakedPng(...chunks: readonly (Buffer | string)[]): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(8, 0)
  head.writeUInt32BE(1, 4)
  head.writeUInt8(8, 8)
  const pixels = deflateSync(Buffer.alloc(9, 0x80))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    ...chunks.map((one) => (typeof one === 'string' ? textChunk(Buffer.from(one)) : one)),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export const PICTURE = bakedPng()

/** An object whose dictionary says so, and its length. */
export function stream(dictionary: string, content: Uint8Array): Buffer {
  const head = `<< ${dictionary} /Length ${content.length} >>\nstream\n`
  return Buffer.concat([Buffer.from(head), content, Buffer.from('\nendstream\nendobj\n')])
}

export function pdfWith(...streams: readonly Buffer[]): Buffer {
  const objects = streams.map((one, at) => Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), one]))
  return Buffer.concat([
    Buffer.from('%PDF-1.7\n%\xe2\xe3\n', 'latin1'),
    ...objects,
    Buffer.from('%%EOF\n'),
  ])
}

export function bakedSvg(credential: string): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">',
    `<openbadges:credential><![CDATA[${credential}]]></openbadges:credential>`,
    '<rect width="8" height="8"/></svg>',
  ].join('\n')
}
