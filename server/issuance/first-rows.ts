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
const HASHED_BYTES = 16

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
  // Of a hash: three words to be kept, and the one that names its table. A view of each hash would cost as much as it.
  const words = new Uint32Array(WORDS)
  const bytes = new Uint8Array(words.buffer)
  return {
    see: (text, row) => {
      invariant(row > 0, 'rows count from 1')
      const hash = sha256Text(text)
      for (let at = 0; at < HASHED_BYTES; at += 1) bytes[at] = hash[at] ?? 0
      const table = tables[(words[ROW] ?? 0) % TABLES]
      invariant(table !== undefined, 'every hash has a table')
      const at = slotOf(table.slots, words, 0)
      const known = table.slots[at + ROW]
      if (known !== 0) return known
      copyWords(words, 0, table.slots, at)
      table.slots[at + ROW] = row
      table.count += 1
      if (2 * WORDS * table.count > table.slots.length) grow(table)
      return undefined
    },
  }
}

/** Where the words that stand here are, or where they would be. */
function slotOf(slots: Uint32Array, words: Uint32Array, from: number): number {
  const room = slots.length / WORDS
  for (let place = (words[from] ?? 0) % room; ; place = (place + 1) % room) {
    const at = WORDS * place
    const isFree = slots[at + ROW] === 0
    if (isFree || isSame(slots, at, words, from)) return at
  }
}

function isSame(slots: Uint32Array, at: number, words: Uint32Array, from: number): boolean {
  return (
    slots[at] === words[from] &&
    slots[at + 1] === words[from + 1] &&
    slots[at + 2] === words[from + 2]
  )
}

/** For so few a call of the engine's own costs more. */
function copyWords(words: Uint32Array, from: number, slots: Uint32Array, at: number): void {
  for (let word = 0; word < WORDS; word += 1) slots[at + word] = words[from + word] ?? 0
}

function grow(table: Table): void {
  const { slots } = table
  const larger = new Uint32Array(2 * slots.length)
  for (let at = 0; at < slots.length; at += WORDS) {
    if (slots[at + ROW] !== 0) copyWords(slots, at, larger, slotOf(larger, slots, at))
  }
  table.slots = larger
}
