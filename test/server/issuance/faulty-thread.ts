/** A thread that meets a fault at its first task of one kind; else it is what the service starts. */

import { parentPort, workerData } from 'node:worker_threads'
import type { Asked } from '../../../server/issuance/threads.ts'

export type ThreadFault = {
  readonly kind: Asked['task']['kind']
  readonly how: 'exits' | 'throws' | 'runs out of memory' | 'cannot do its task'
}

const { kind, how } = workerData as ThreadFault

// Before the thread's own listener, which is given the same message.
let hasMet = false
parentPort?.on('message', ({ task }: Asked) => {
  if (task.kind !== kind || hasMet) return
  hasMet = true
  switch (how) {
    case 'exits':
      return process.exit(1)
    case 'throws':
      throw new Error('a fault of the thread')
    case 'runs out of memory':
      // By small pieces: a large one that finds no room ends the whole process.
      for (let kept: object = {}; ;) kept = { kept }
    case 'cannot do its task':
      Object.assign(task, { drafts: null, rows: null, commitments: null, batch: null })
  }
})

await import('../../../server/issuance/thread.ts')
