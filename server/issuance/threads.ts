/** Threads that do tasks, and what goes between them and the process: plain data, and errors by their kind. */

import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { FormatError, InvariantError } from '../../src/index.ts'
import type { FormatCode } from '../../src/index.ts'
import type { Result, Results, Task } from './tasks.ts'

/** An error as it goes from thread to thread, which would forget its class. */
export type Thrown =
  | {
      readonly kind: 'format'
      readonly code: string
      readonly field: string
      readonly message: string
    }
  | { readonly kind: 'invariant'; readonly message: string }
  | { readonly kind: 'other'; readonly message: string }

export type Asked = { readonly id: number; readonly task: Task }
export type Answered =
  | { readonly id: number; readonly result: Result }
  | { readonly id: number; readonly thrown: Thrown }

export type Threads = {
  /**
   * Rejects with what the task threw, and with the thread's own error where it ended; another takes its place. Buffers
   * that are `moved` are the thread's from then on.
   */
  run<T extends Task>(task: T, moved?: readonly ArrayBuffer[]): Promise<Results[T['kind']]>
  /** Ends them, and whatever they work on. */
  close(): Promise<void>
}

type Waiting = {
  readonly resolve: (result: Result) => void
  readonly reject: (error: Error) => void
}
type Thread = {
  readonly worker: Worker
  readonly waiting: Map<number, Waiting>
  hasEnded: boolean
}

export type StartThread = () => Worker

const ENTRY = new URL('thread.ts', import.meta.url)

/**
 * What a thread keeps is a part at a time; left to itself it would let several hundred MiB of garbage lie. With less room
 * for what is young, more of its time goes to looking for what still lives. Of what is old it holds some 15 MB: the more
 * it is allowed, the more V8 lets come together before it looks through all of it.
 */
const LIMITS = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 2048 }

export function startThread(): Worker {
  // Every thread has a core to itself: helpers of its garbage collection would take it from the others.
  setFlagsFromString('--no-parallel-scavenge')
  // Nothing of how the process was started: where that says what the program is, a thread with it would not start.
  return new Worker(ENTRY, { execArgv: [], resourceLimits: LIMITS })
}

export function openThreads(count: number, start: StartThread = startThread): Threads {
  let asked = 0
  let isClosed = false
  const threads = Array.from({ length: count }, () => threadOf(start()))
  return {
    // A thread answers each task with the result of its kind.
    run: (task, moved = []) =>
      new Promise((resolve, reject) => {
        if (isClosed) throw new Error('the threads that compute have ended')
        for (const [at, { hasEnded }] of threads.entries()) {
          if (hasEnded) threads[at] = threadOf(start())
        }
        const [least] = threads.toSorted((a, b) => a.waiting.size - b.waiting.size)
        if (least === undefined) throw new Error('there is no thread')
        asked += 1
        // First: what cannot be sent is not waited for.
        least.worker.postMessage({ id: asked, task } satisfies Asked, moved)
        least.waiting.set(asked, { resolve: resolve as Waiting['resolve'], reject })
        least.worker.ref()
      }),
    close: async () => {
      isClosed = true
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}

function threadOf(worker: Worker): Thread {
  const thread: Thread = { worker, waiting: new Map(), hasEnded: false }
  const end = (error: Error): void => {
    thread.hasEnded = true
    for (const { reject } of thread.waiting.values()) reject(error)
    thread.waiting.clear()
  }
  worker.on('message', (answer: Answered) => {
    settle(thread.waiting, answer)
    if (thread.waiting.size === 0) worker.unref()
  })
  worker.on('error', (error: unknown) => {
    end(error instanceof Error ? error : new Error(String(error)))
  })
  // Nobody can tell which task it answered.
  worker.on('messageerror', (error: Error) => {
    end(error)
    void worker.terminate()
  })
  worker.on('exit', () => {
    end(new Error('a thread that computes has ended'))
  })
  // One that has nothing to do keeps no process alive.
  worker.unref()
  return thread
}

function settle(waiting: Map<number, Waiting>, answer: Answered): void {
  const one = waiting.get(answer.id)
  waiting.delete(answer.id)
  if ('result' in answer) one?.resolve(answer.result)
  else one?.reject(errorOf(answer.thrown))
}

export function thrownOf(error: unknown): Thrown {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  if (error instanceof FormatError) {
    const { code, field } = error
    return { kind: 'format', code, field, message: error.message }
  }
  if (error instanceof InvariantError) return { kind: 'invariant', message: error.message }
  return { kind: 'other', message }
}

function errorOf(thrown: Thrown): Error {
  switch (thrown.kind) {
    case 'format':
      return new FormatError(parseCode(thrown.code), thrown.field, thrown.message)
    case 'invariant':
      return new InvariantError(thrown.message)
    case 'other':
      return new Error(thrown.message)
  }
}

/** The code of an error that our own thread threw. */
function parseCode(code: string): FormatCode {
  return code as FormatCode
}
