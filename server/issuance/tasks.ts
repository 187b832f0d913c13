/** What can be asked of a thread that computes, and what does it. */

import { growSubtree } from '../../src/index.ts'
import { readCarWhole, writeCarFrom } from '../ipfs/car-tasks.ts'
import type { CarSeen, ReadCarTask, WriteCarTask } from '../ipfs/car-tasks.ts'
import { drafter } from './drafting-task.ts'
import type { DraftTask } from './drafting-task.ts'
import { prover } from './proving-task.ts'
import type { Proven } from './proving-task.ts'
import { sealer } from './sealing-task.ts'
import { sendDrafts, sendPart, takeProve, takeSeal } from './wire.ts'
import type { Parcel, SentDrafts, SentPart, SentProve, SentSeal } from './wire.ts'

/** Grows one subtree of a heap over shared memory. */
export type GrowTask = {
  readonly kind: 'grow'
  readonly commitments: Uint8Array
  readonly nodes: Uint8Array
  readonly position: number
}

/** What each kind of task gives. */
export type Results = {
  readonly draft: SentDrafts
  readonly seal: SentPart
  readonly prove: Proven
  readonly 'write-car': boolean
  readonly 'read-car': CarSeen
  readonly grow: null
}
export type Task = DraftTask | SentSeal | SentProve | GrowTask | WriteCarTask | ReadCarTask

export type Result = Results[keyof Results]

/** Does tasks, of whichever batches they are. */
export function taskRunner(): (task: Task) => Promise<Parcel<Result>> {
  const draft = drafter()
  const seal = sealer()
  const prove = prover()
  return async (task) => {
    switch (task.kind) {
      case 'draft':
        return sendDrafts(await draft(task))
      case 'seal':
        return sendPart(await seal(takeSeal(task)))
      case 'prove':
        return kept(await prove(takeProve(task)))
      case 'write-car':
        return kept(await writeCarFrom(task))
      case 'read-car':
        return kept(await readCarWhole(task))
      case 'grow':
        Array.from(growSubtree(task, task.position))
        return kept(null)
    }
  }
}

function kept(message: Result): Parcel<Result> {
  return { message, moved: [] }
}
