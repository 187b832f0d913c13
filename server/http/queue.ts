/** Work in bounded numbers: what comes beyond is refused at once and told when to come again, instead of making all late. */

import { Refusal } from './problems.ts'

export type Queue = {
  /** Throws `Refusal` `busy` where as many wait as may. */
  run<T>(work: () => Promise<T>): Promise<T>
  readonly running: number
  readonly waiting: number
}

const AGAIN_SECONDS = 1

export function queueOf(limits: { readonly running: number; readonly waiting: number }): Queue {
  let running = 0
  const waiting: (() => void)[] = []
  return {
    get running() {
      return running
    },
    get waiting() {
      return waiting.length
    },
    run: async (work) => {
      if (running >= limits.running) {
        if (waiting.length >= limits.waiting) {
          throw new Refusal('busy', 'too much at a time', AGAIN_SECONDS)
        }
        // Whoever ends hands its place on: `running` stays as it is.
        await new Promise<void>((resolve) => waiting.push(resolve))
      } else running += 1
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next === undefined) running -= 1
        else next()
      }
    },
  }
}
