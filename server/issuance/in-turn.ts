/** A batch is worked on part by part, several ahead of the one that is next. */

import { CHUNK } from './parts.ts'

/**
 * Starts the part of each index that is a multiple of `CHUNK`, at most `ahead` of them at a time, and finishes them in
 * order, one after the other. Where one fails, those that were started end before that is told.
 */
export async function inTurn<Part>(
  size: number,
  ahead: number,
  start: (from: number) => Promise<Part>,
  finish: (part: Part, done: number) => Promise<void>,
): Promise<void> {
  const started: Promise<Part>[] = []
  try {
    for (let from = 0, next = 0; from < size; from += CHUNK) {
      for (; next < size && started.length < ahead; next += CHUNK) {
        const part = start(next)
        started.push(part)
        // Whoever waits for it hears of a failure; until then nobody does.
        void part.catch(() => undefined)
      }
      const part = await started[0]
      if (part === undefined) throw new Error('no part was started')
      void started.shift()
      await finish(part, Math.min(from + CHUNK, size))
    }
  } finally {
    await Promise.allSettled(started)
  }
}
