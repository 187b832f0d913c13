/**
 * In which row a text stood first, for a million texts in 32 MiB: by 96 bits of a hash, so that two texts are taken for
 * one once in some 10^17 files of a million rows.
 */

import { invariant, sha256Text } from '../../src/index.ts'

/** Three of the hash, one for the row. */
const WORDS = 4
const ROW = 3
/** Each grows by itself: to move a million texts at once would hold up whoever shares the thread. */
const TABLES = 1024
const FIRST_ROOM = 4

export type FirstRows = {
  /** The row in which the text stood before; undefined, and this row is noted, where it is new. Rows count from 1. */
  see(text: string, row: number): number | undefined
}

type Table = { slots: Uint32Array; count: number }

export function firstRows(): FirstRows {
  const tables: Table[] = Array.from({ length: TABLES }, () => ({
    slots: new Uint32Array(WORDS * FIRST_ROOM),
    count: 0,
  }))
  return {
    see: (text, row) => {
      invariant(row > 0, 'rows count from 1')
      const { buffer, byteOffset, byteLength } = sha256Text(text)
      const hash = new DataView(buffer, byteOffset, byteLength)
      const table = tables[hash.getUint32(12) % TABLES]
      invariant(table !== undefined, 'every hash has a table')
      const words = [hash.getUint32(0), hash.getUint32(4), hash.getUint32(8), row]
      const at = slotOf(table.slots, words)
      const known = table.slots[at + ROW]
      if (known !== 0) return known
      table.slots.set(words, at)
      table.count += 1
      if (2 * WORDS * table.count > table.slots.length) grow(table)
      return undefined
    },
  }
}

/** Where these words are, or where they would be. */
function slotOf(
  slots: Uint32Array,
  { 0: first = 0, 1: second, 2: third }: ArrayLike<number>,
): number {
  const room = slots.length / WORDS
  for (let place = first % room; ; place = (place + 1) % room) {
    const at = WORDS * place
    const isFree = slots[at + ROW] === 0
    const isSame = slots[at] === first && slots[at + 1] === second && slots[at + 2] === third
    if (isFree || isSame) return at
  }
}

function grow(table: Table): void {
  const { slots } = table
  const larger = new Uint32Array(2 * slots.length)
  for (let at = 0; at < slots.length; at += WORDS) {
    if (slots[at + ROW] === 0) continue
    const words = slots.subarray(at, at + WORDS)
    larger.set(words, slotOf(larger, words))
  }
  table.slots = larger
}
