/** Node's own SHA-256 for the library, which is made for every runtime. */

import { hash } from 'node:crypto'
import { useSha256 } from '../src/index.ts'

/** From here on the library hashes long inputs by Node's engine. */
export function hashWithNode(): void {
  useSha256((input) => new Uint8Array(hash('sha256', input, 'buffer')))
}
