/** What a thread of `threads.ts` runs: one task after the other, each answered. */

import { parentPort } from 'node:worker_threads'
import { hashWithNode } from '../../node/sha256.ts'
import { taskRunner } from './tasks.ts'
import type { Result } from './tasks.ts'
import { thrownOf } from './threads.ts'
import type { Answered, Asked } from './threads.ts'

hashWithNode()
const run = taskRunner()

/** Sealed bytes are handed over, not copied. */
function answer(port: NonNullable<typeof parentPort>, id: number, result: Result): void {
  const isPlain = result === null || Array.isArray(result)
  const moved = isPlain ? [] : result.blocks.map(({ bytes }) => bytes.buffer as ArrayBuffer)
  port.postMessage({ id, result } satisfies Answered, moved)
}

parentPort?.on('message', ({ id, task }: Asked) => {
  const port = parentPort
  if (port === null) return
  run(task).then(
    (result) => {
      answer(port, id, result)
    },
    (error: unknown) => {
      port.postMessage({ id, thrown: thrownOf(error) } satisfies Answered)
    },
  )
})
