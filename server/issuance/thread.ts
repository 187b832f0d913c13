/** What a thread of `threads.ts` runs: one task after the other, each answered. */

import { parentPort } from 'node:worker_threads'
import { writeWithNode } from '../../node/letters.ts'
import { hashWithNode } from '../../node/sha256.ts'
import { taskRunner } from './tasks.ts'
import type { Result } from './tasks.ts'
import { thrownOf } from './threads.ts'
import type { Answered, Asked } from './threads.ts'

hashWithNode()
writeWithNode()
const run = taskRunner()

/** Sealed bytes are handed over, not copied. */
function answer(port: NonNullable<typeof parentPort>, id: number, result: Result): void {
  port.postMessage({ id, result } satisfies Answered, movedOf(result))
}

function movedOf(result: Result): ArrayBuffer[] {
  const isPart = typeof result === 'object' && result !== null && 'blocks' in result
  if (!isPart) return []
  const { blocks } = result
  const bytes = 'segment' in blocks ? [blocks.segment] : blocks.map((block) => block.bytes)
  return bytes.map(({ buffer }) => buffer as ArrayBuffer)
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
