/**
 * Who does the computing of a batch: the process itself where the batch is small, else threads beside it, so that every
 * core works and a server answers meanwhile. The results are the same.
 */

import { availableParallelism } from 'node:os'
import {
  growCrown,
  growTree,
  heapBytes,
  refuseDuplicates,
  sharingPrinter,
  subtreesOf,
  treeOfHeap,
} from '../../src/index.ts'
import type { JsonObject, Tree } from '../../src/index.ts'
import { commitTo } from './drafting-task.ts'
import type { Committing, Uncommitted } from './drafting-task.ts'
import { proveRows } from './proving-task.ts'
import type { ProveTask } from './proving-task.ts'
import { sealer } from './sealing-task.ts'
import type { SealedPart, SealTask } from './sealing-task.ts'
import { openThreads } from './threads.ts'
import type { Threads } from './threads.ts'

export type Draft = Uncommitted & { readonly credential: JsonObject }

export type Hands = {
  /** So many tasks can be under way at a time, and one more be waiting. */
  readonly ahead: number
  /** The commitments of credentials, which are at hand as they are and as their bytes. */
  commit(batch: Committing, drafts: readonly Draft[]): Promise<Uint8Array[]>
  seal(task: SealTask): Promise<SealedPart>
  prove(task: ProveTask): Promise<void>
  /** `breathe` is waited for now and then; what it throws ends the work. */
  grow(commitments: Uint8Array, breathe: () => Promise<void>): Promise<Tree>
}

/** A thread takes half a second to start: below this a batch is done by then. */
const LEAST_FOR_THREADS = 2048
const MOST_THREADS = 8
/** Subtrees for each thread, so that none waits long for the last one. */
const SUBTREES_EACH = 4

/** Lends hands for a batch of so many certificates, for as long as `use` takes. */
export async function lendHands<T>(size: number, use: (hands: Hands) => Promise<T>): Promise<T> {
  return lendHandsAsItGrows((handsFor) => use(handsFor(size)))
}

/** The same for a batch whose size is not known yet: `use` asks for hands with how many certificates there are so far. */
export async function lendHandsAsItGrows<T>(
  use: (handsFor: (size: number) => Hands) => Promise<T>,
): Promise<T> {
  const count = Math.min(availableParallelism(), MOST_THREADS)
  const own = ownHands()
  let lent: { readonly threads: Threads; readonly hands: Hands } | undefined
  try {
    return await use((size) => {
      if (size < LEAST_FOR_THREADS || count < 2) return own
      if (lent === undefined) {
        const threads = borrowThreads(count)
        lent = { threads, hands: threadHands(threads, count) }
      }
      return lent.hands
    })
  } finally {
    if (lent !== undefined) returnThreads(lent.threads)
  }
}

/** The process's own. */
export function ownHands(): Hands {
  const print = sharingPrinter()
  return {
    ahead: 1,
    commit: (batch, drafts) =>
      Promise.resolve(
        drafts.map(({ credential, seed }) => commitTo(batch, credential, seed, print)),
      ),
    seal: sealer(),
    prove: proveRows,
    grow: growTree,
  }
}

/** Those of threads. */
export function threadHands(threads: Threads, count: number): Hands {
  return {
    ahead: count + 1,
    commit: (batch, drafts) => {
      const sent = drafts.map(({ bytes, seed }) => ({ bytes, seed }))
      return threads.run({ kind: 'commit', batch, drafts: sent })
    },
    seal: (task) => threads.run(task),
    prove: async (task) => {
      await threads.run(task)
    },
    grow: async (commitments, breathe) => {
      const size = commitments.length / 32
      const heap = { commitments: sharedOf(commitments), nodes: shared(heapBytes(size)) }
      const looking = refuseDuplicates(heap.commitments)
      while (looking.next().done !== true) await breathe()
      const depth = Math.ceil(Math.log2(count * SUBTREES_EACH))
      const subtrees = subtreesOf(size, depth).map((position) =>
        threads.run({ kind: 'grow', ...heap, position }),
      )
      for (const subtree of subtrees) subtree.catch(() => undefined)
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

function sharedOf(bytes: Uint8Array): Uint8Array {
  const copy = shared(bytes.length)
  copy.set(bytes)
  return copy
}

/** One pool serves every batch under way in this process, and a while longer: a batch's next step comes soon. */
let pool: { readonly threads: Threads; users: number; ending?: NodeJS.Timeout } | undefined
const LINGERING_MS = 10_000

function borrowThreads(count: number): Threads {
  if (pool?.threads.hasFailed() === true) {
    pool.threads.close().catch(() => undefined)
    pool = undefined
  }
  pool ??= { threads: openThreads(count), users: 0 }
  clearTimeout(pool.ending)
  pool.users += 1
  return pool.threads
}

function returnThreads(threads: Threads): void {
  const lent = pool
  if (lent?.threads !== threads) return
  lent.users -= 1
  if (lent.users > 0) return
  lent.ending = setTimeout(() => {
    if (pool === lent) pool = undefined
    // What cannot be ended ends with the process.
    threads.close().catch(() => undefined)
  }, LINGERING_MS)
  lent.ending.unref()
}
