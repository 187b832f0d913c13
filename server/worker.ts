/** Work behind the server: what is due is done step by step, until the data folder closes. */

import { fieldsOfError } from './log.ts'
import type { Log } from './log.ts'

const IDLE_MS = 1000
const FAILED_MS = 10_000

export type WorkerParts = {
  /** Rejects once the engines close. */
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly log: Log
}

/** One step of a kind of work; answers with how much there was to do. */
export type Step = { readonly name: string; readonly run: () => Promise<number> }

/**
 * Runs every kind of work for itself, so that none waits for another. Resolves when all have stopped: each ends the step
 * that is under way, and what that step left is taken up by the next process.
 */
export async function workUntilClosed(
  { sleep, log }: WorkerParts,
  steps: readonly Step[],
): Promise<void> {
  await Promise.all(
    steps.map(async ({ name, run }) => {
      let pause = 0
      while (await slept(sleep, pause)) {
        try {
          pause = (await run()) === 0 ? IDLE_MS : 0
        } catch (error) {
          pause = FAILED_MS
          log.error('background work failed', { reason: name, ...fieldsOfError(error) })
        }
      }
    }),
  )
}

/** False once there is no more time. */
async function slept(sleep: WorkerParts['sleep'], milliseconds: number): Promise<boolean> {
  return sleep(milliseconds).then(
    () => true,
    () => false,
  )
}
