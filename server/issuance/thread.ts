/** What a thread of `threads.ts` runs: one task after the other, each answered. */

import { parentPort } from 'node:worker_threads'
import { writeWithNode } from '../../node/letters.ts'
import { hashWithNode } from '../../node/sha256.ts'
import { taskRunner } from './tasks.ts'
import { thrownOf } from './threads.ts'
import type { Answered, Asked } from './threads.ts'

hashWithNode()
writeWithNode()
const run = taskRunner()

parentPort?.on('message', ({ id, task }: Asked) => {
  const port = parentPort
  if (port === null) return
  run(task).then(
    // Bytes are handed over, not copied.
    ({ message, moved }) => {
      port.postMessage({ id, result: message } satisfies Answered, moved)
    },
    (error: unknown) => {
      port.postMessage({ id, thrown: thrownOf(error) } satisfies Answered)
    },
  )
})
