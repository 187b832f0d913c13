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

export type Admission = {
  /** Throws `Refusal` `busy` where as many are in as may, or as many bytes of them. */
  run<T>(bytes: number, work: () => Promise<T>): Promise<T>
  readonly inside: number
}

/** Bounds what waits in memory, in number and in bytes; the order of work is somebody else's. */
export function admissionOf(most: { readonly count: number; readonly bytes: number }): Admission {
  let inside = 0
  let held = 0
  return {
    get inside() {
      return inside
    },
    run: async (bytes, work) => {
      if (inside >= most.count || (inside > 0 && held + bytes > most.bytes)) {
        throw new Refusal('busy', 'too much at a time', AGAIN_SECONDS)
      }
      inside += 1
      held += bytes
      try {
        return await work()
      } finally {
        inside -= 1
        held -= bytes
      }
    },
  }
}

export type Turns = {
  /** Resolves when it is one's turn, in the order of asking. */
  next(): Promise<void>
  /** Somebody waits for a turn: who does not stand in line overtakes. */
  readonly isCrowded: boolean
}

/** Of a crowd that could all go on at once, so many do before anything else of the process is looked at. */
const AT_A_TURN = 8

/** Lets a crowd go on a few at a time, so that others are answered in between. */
export function turnsOf(): Turns {
  const waiting: (() => void)[] = []
  let isCalling = false
  const call = (): void => {
    for (const go of waiting.splice(0, AT_A_TURN)) go()
    isCalling = waiting.length > 0
    if (isCalling) setImmediate(call)
  }
  return {
    get isCrowded() {
      return waiting.length > 0
    },
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        if (isCalling) return
        isCalling = true
        setImmediate(call)
      }),
  }
}
