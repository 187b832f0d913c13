/** What can be asked of a thread that computes, and what does it. */

import { growSubtree } from '../../src/index.ts'
import { readCarWhole, writeCarFrom } from '../ipfs/car-tasks.ts'
import type { CarSeen, ReadCarTask, WriteCarTask } from '../ipfs/car-tasks.ts'
import { committer } from './drafting-task.ts'
import type { CommitTask } from './drafting-task.ts'
import { prover } from './proving-task.ts'
import type { ProveTask } from './proving-task.ts'
import { sealer } from './sealing-task.ts'
import type { SealedPart, SealTask } from './sealing-task.ts'

/** Grows one subtree of a heap over shared memory. */
export type GrowTask = {
  readonly kind: 'grow'
  readonly commitments: Uint8Array
  readonly nodes: Uint8Array
  readonly position: number
}

/** What each kind of task gives. */
export type Results = {
  readonly commit: Uint8Array[]
  readonly seal: SealedPart
  readonly prove: number[]
  readonly 'write-car': boolean
  readonly 'read-car': CarSeen
  readonly grow: null
}
export type Task = CommitTask | SealTask | ProveTask | GrowTask | WriteCarTask | ReadCarTask

export type Result = Results[keyof Results]

/** Does tasks, of whichever batches they are. */
export function taskRunner(): (task: Task) => Promise<Result> {
  const commit = committer()
  const seal = sealer()
  const prove = prover()
  return async (task) => {
    switch (task.kind) {
      case 'commit':
        return commit(task)
      case 'seal':
        return seal(task)
      case 'prove':
        return prove(task)
      case 'write-car':
        return writeCarFrom(task)
      case 'read-car':
        return readCarWhole(task)
      case 'grow':
        Array.from(growSubtree(task, task.position))
        return null
    }
  }
}
