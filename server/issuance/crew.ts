/** A crew takes up pieces of work, several at a time, from a store that every server shares, until it is stopped. */

import { setTimeout as wait } from 'node:timers/promises'

export type CrewOptions = {
  /** How many pieces are worked on at a time. */
  readonly atOnce: number
  /** How long to wait for work that another server took in, milliseconds. */
  readonly pollMs: number
  /** Takes one piece under a lease: the work on it, which never rejects, or undefined where there is none. */
  readonly pick: () => Promise<(() => Promise<void>) | undefined>
  /** At every turn, whether or not there was work. */
  readonly onTurn?: () => Promise<void>
  /** The store does not answer; the next turn tries again. */
  readonly onAway: (error: unknown) => void
}

export type Crew = {
  /** There is work. */
  wake(): void
  readonly isBusy: boolean
  /** Takes up nothing more, and resolves when what is under way has stopped. Twice is once. */
  stop(): Promise<void>
}

export function startCrew({ atOnce, pollMs, pick, onTurn, onAway }: CrewOptions): Crew {
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  let idle = new AbortController()
  const takeUp = async (): Promise<boolean> => {
    const work = await pick()
    if (work === undefined) return false
    const one = work()
    running.add(one)
    void one.finally(() => {
      running.delete(one)
      idle.abort()
    })
    return true
  }
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      let hasWork = false
      // Before the look: whoever wakes during it is heard.
      idle = new AbortController()
      try {
        hasWork = running.size < atOnce && (await takeUp())
        await onTurn?.()
      } catch (error) {
        onAway(error)
      }
      if (hasWork) continue
      const signal = AbortSignal.any([idle.signal, stopping.signal])
      await wait(pollMs, undefined, { signal }).catch(() => undefined)
    }
    await Promise.allSettled(running)
  }
  const ended = loop()
  return {
    wake: () => {
      idle.abort()
    },
    get isBusy() {
      return running.size > 0
    },
    stop: () => {
      stopping.abort()
      return ended
    },
  }
}
