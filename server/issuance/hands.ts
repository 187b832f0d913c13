/** Who does the computing of a batch: the process itself, or threads beside it. The results are the same. */

import {
  growCrown,
  growTree,
  heapBytes,
  refuseDuplicates,
  subtreesOf,
  treeOfHeap,
} from '../../src/index.ts'
import type { Tree } from '../../src/index.ts'
import { readCarWhole, writeCarFrom } from '../ipfs/car-tasks.ts'
import type { CarSeen, ReadCarTask, WriteCarTask } from '../ipfs/car-tasks.ts'
import { drafter } from './drafting-task.ts'
import type { DraftTask, RowDraft, RowFaults } from './drafting-task.ts'
import { prover } from './proving-task.ts'
import type { Proven, ProveTask } from './proving-task.ts'
import { sealer } from './sealing-task.ts'
import type { SealedPart, SealTask } from './sealing-task.ts'
import { HASH_BYTES } from './paths.ts'
import type { Threads } from './threads.ts'
import { sendProve, sendSeal, takeDrafts, takePart } from './wire.ts'

export type Hands = {
  /** So many tasks can be under way at a time, and one more be waiting. */
  readonly ahead: number
  /** What becomes of each row. */
  draft(task: DraftTask): Promise<(RowDraft | RowFaults)[]>
  seal(task: SealTask): Promise<SealedPart>
  prove(task: ProveTask): Promise<Proven>
  writeCar(task: WriteCarTask): Promise<boolean>
  readCar(task: ReadCarTask): Promise<CarSeen>
  /** `breathe` is waited for now and then; what it throws ends the work. */
  grow(commitments: Uint8Array, breathe: () => Promise<void>): Promise<Tree>
}

/** Subtrees for each thread, so that none waits long for the last one. */
const SUBTREES_EACH = 4

/** The process's own. */
export function ownHands(): Hands {
  return {
    ahead: 1,
    draft: drafter(),
    seal: sealer(),
    prove: prover(),
    writeCar: writeCarFrom,
    readCar: readCarWhole,
    grow: growTree,
  }
}

/** Those of threads. */
export function threadHands(threads: Threads, count: number): Hands {
  return {
    ahead: count + 2,
    draft: async (task) => takeDrafts(await threads.run(task)),
    seal: async (task) => {
      const { message, moved } = sendSeal(task)
      return takePart(await threads.run(message, moved))
    },
    prove: (task) => {
      const { message, moved } = sendProve(task)
      return threads.run(message, moved)
    },
    writeCar: (task) => threads.run(task),
    readCar: (task) => threads.run(task),
    grow: async (commitments, breathe) => {
      const size = commitments.length / HASH_BYTES
      const heap = { commitments: sharedOf(commitments), nodes: shared(heapBytes(size)) }
      const depth = Math.ceil(Math.log2(count * SUBTREES_EACH))
      const subtrees = subtreesOf(size, depth).map((position) =>
        threads.run({ kind: 'grow', ...heap, position }),
      )
      for (const subtree of subtrees) subtree.catch(() => undefined)
      // Meanwhile. Of a batch that is refused the subtrees are grown for nothing.
      const looking = refuseDuplicates(heap.commitments)
      while (looking.next().done !== true) await breathe()
      for (const subtree of subtrees) {
        await subtree
        await breathe()
      }
      growCrown(heap, depth)
      return treeOfHeap(heap)
    },
  }
}

function shared(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length))
}

/** The same bytes where they are shared already: of a million commitments there is one copy. */
function sharedOf(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes
  const copy = shared(bytes.length)
  copy.set(bytes)
  return copy
}
