/** Node's own SHA-256 for the library, which is made for every runtime. */

import { hash } from 'node:crypto'
import { useSha256 } from '../src/index.ts'

/** From here on the library hashes long inputs by Node's engine. */
export function hashWithNode(): void {
  useSha256((input) => {
    // A text of a byte each: 32 bytes of Node's own lie outside the heap, where each costs as much as hashing some hundred.
    const text = hash('sha256', input, 'binary')
    const digest = new Uint8Array(text.length)
    for (let at = 0; at < text.length; at += 1) digest[at] = text.charCodeAt(at)
    return digest
  })
}
