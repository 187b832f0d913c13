/** A batch is worked on part by part, several ahead of the one that is next. */

import { chunkOf } from './steps.ts'

/**
 * Starts the part of each index that is a multiple of `chunkOf(size)`, at most `ahead` of them at a time, and finishes
 * them in order, one after the other. Where one fails, those that were started end before that is told.
 */
export async function inTurn<Part>(
  size: number,
  ahead: number,
  start: (from: number) => Promise<Part>,
  finish: (part: Part, done: number) => Promise<void>,
): Promise<void> {
  let done = 0
  const chunk = chunkOf(size)
  await lineUp(
    (part: Part) => {
      done = Math.min(done + chunk, size)
      return finish(part, done)
    },
    async (add) => {
      for (let from = 0; from < size; from += chunk) await add(() => start(from), ahead)
    },
  )
}

/**
 * Finishes parts in the order in which `work` adds them, one after the other; whoever adds one waits until fewer than
 * `ahead` are under way, then it is started. All are finished when this resolves. Where one fails, those that were
 * started end before that is told.
 */
export async function lineUp<Part>(
  finish: (part: Part) => Promise<void>,
  work: (add: (start: () => Promise<Part>, ahead: number) => Promise<void>) => Promise<void>,
): Promise<void> {
  const started: Promise<Part>[] = []
  const finishNext = async (): Promise<void> => {
    const [next] = started
    if (next === undefined) return
    const part = await next
    void started.shift()
    await finish(part)
  }
  try {
    await work(async (start, ahead) => {
      while (started.length >= ahead) await finishNext()
      const part = start()
      started.push(part)
      // Whoever waits for it hears of a failure; until then nobody does.
      void part.catch(() => undefined)
    })
    while (started.length > 0) await finishNext()
  } finally {
    await Promise.allSettled(started)
  }
}
