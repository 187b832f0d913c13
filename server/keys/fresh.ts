/** Random bytes for many small uses: asking the system for each costs more than sealing with them. */

import { randomFillSync } from 'node:crypto'
import { invariant } from '../../src/index.ts'

const POOL_BYTES = 16_384
const MOST_BYTES = 1024

let pool = new Uint8Array(0)
let at = 0

/** Bytes from the system's generator that nobody else gets, at most 1,024; they are gone from the pool. */
export function freshBytes(length: number): Uint8Array<ArrayBuffer> {
  invariant(length <= MOST_BYTES, `at most ${MOST_BYTES} bytes are fresh at a time`)
  if (at + length > pool.length) {
    pool = randomFillSync(new Uint8Array(POOL_BYTES))
    at = 0
  }
  const fresh = pool.slice(at, at + length)
  pool.fill(0, at, at + length)
  at += length
  return fresh
}
