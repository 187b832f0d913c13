/** Node's own hex and base64url for the library, which is made for every runtime. */

import { useLetters } from '../src/index.ts'

/** From here on the library writes and reads bytes as letters by Node's engine. */
export function writeWithNode(): void {
  useLetters({
    hex: (bytes) => bufferOf(bytes).toString('hex'),
    base64url: (bytes) => bufferOf(bytes).toString('base64url'),
    fromBase64url: (text) => ownBytes(Buffer.from(text, 'base64url')),
  })
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
