/** Looking at a chain until it is where it should be, with patience for nodes that fail: ever longer, never for ever. */

import { UnavailableError } from '../../src/index.ts'
import type { Trouble } from '../issuance/anchor-port.ts'
import { isPassing, troubleOf } from './trouble.ts'

export type PatienceParts = {
  readonly pollMs: number
  /** The longest pause between two looks. */
  readonly longestPauseMs: number
  /** So long without an answer, or, where `isBounded`, without the end, it gives up. */
  readonly giveUpAfterMs: number
  readonly isBounded: boolean
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<unknown>
}

export type PatienceHooks = {
  /** Called at every look, and every few seconds of a longer pause, to keep leases alive. */
  readonly onPoll?: (() => Promise<void>) | undefined
  /** Called with what is in the way, and with undefined once nothing is. */
  readonly onTrouble?: ((trouble: Trouble | undefined) => Promise<void>) | undefined
}

/** A lease lasts longer than this. */
const SLICE_MS = 3000

/**
 * Looks until `look` gives something. After failures that may pass it pauses, each time twice as long, with jitter, so
 * that a node which asks for rest gets it, whatever `Retry-After` it names. Throws what does not pass, or what was in
 * the way at the end.
 */
export async function until<T>(
  parts: PatienceParts,
  hooks: PatienceHooks,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const { now, giveUpAfterMs } = parts
  let deadline = now() + giveUpAfterMs
  let failures = 0
  for (;;) {
    try {
      const found = await look()
      await hooks.onTrouble?.(undefined)
      if (found !== undefined) return found
      failures = 0
      if (!parts.isBounded) deadline = now() + giveUpAfterMs
    } catch (error) {
      const trouble = troubleOf(error)
      if (trouble !== undefined) await hooks.onTrouble?.(trouble)
      if (!isPassing(error) || now() > deadline) throw error
      failures += 1
    }
    if (now() > deadline) throw new UnavailableError('timeout', 'the transaction is not mined')
    await rest(parts, hooks, failures)
  }
}

async function rest(
  { pollMs, longestPauseMs, sleep }: PatienceParts,
  { onPoll }: PatienceHooks,
  failures: number,
): Promise<void> {
  const full = Math.min(pollMs * 2 ** Math.min(failures, 20), Math.max(longestPauseMs, pollMs))
  let left = failures === 0 ? pollMs : full * (0.5 + Math.random() / 2)
  while (left > 0) {
    await onPoll?.()
    await sleep(Math.min(left, SLICE_MS))
    left -= SLICE_MS
  }
}
