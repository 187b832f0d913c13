/** Node's own hex and base64url for the library, which is made for every runtime. */

import { useLetters } from '../src/index.ts'

/** From here on the library writes and reads bytes as letters by Node's engine. */
export function writeWithNode(): void {
  useLetters({
    hex: (bytes) => bufferOf(bytes).toString('hex'),
    base64url: (bytes) => bufferOf(bytes).toString('base64url'),
    fromBase64url: bytesOf,
  })
}

/**
 * Node drops what it does not know, takes the letters of plain base64 too, and takes a character for the one with the same
 * last eight bits: what was dropped is missed by the length, and the rest is looked for.
 */
function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  const isAscii = Buffer.byteLength(text) === text.length
  if (!isAscii || text.includes('+') || text.includes('/')) return undefined
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length !== Math.floor((text.length * 3) / 4)) return undefined
  // Bits over can be in the last letter alone.
  const letters = text.length % 4
  const last = letters === 0 ? '' : bytes.toString('base64url', bytes.length - (letters - 1))
  return text.endsWith(last) ? ownBytes(bytes) : undefined
}

/** Short buffers of Node lie together in a larger one. */
function ownBytes(bytes: Buffer<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.length === bytes.buffer.byteLength
    ? new Uint8Array(bytes.buffer)
    : new Uint8Array(bytes)
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
