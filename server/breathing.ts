import { setTimeout as wait } from 'node:timers/promises'

/** Much shorter than a lease. */
const EVERY_MS = 2000

/** Calls `breathe` every few seconds until the work is done, which fails where it does, or where `breathe` did. */
export async function breathing<T>(work: Promise<T>, breathe: () => Promise<void>): Promise<T> {
  const done = new AbortController()
  const ended = work.then(
    () => true,
    () => true,
  )
  try {
    for (;;) {
      const pause = wait(EVERY_MS, false, { signal: done.signal })
      // Given up where the work ends first.
      pause.catch(() => undefined)
      if (await Promise.race([ended, pause])) break
      await breathe()
    }
  } finally {
    done.abort()
  }
  return work
}
