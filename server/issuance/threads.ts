/** Threads that do tasks, and what goes between them and the process: plain data, and errors by their kind. */

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
  /** Rejects with what the task threw, and with the thread's own error where it ended. */
  run<T extends Task>(task: T): Promise<Results[T['kind']]>
  /** Whether one of them ended; nothing more can be asked of any. */
  hasFailed(): boolean
  /** Ends them, and whatever they work on. */
  close(): Promise<void>
}

type Waiting = {
  readonly resolve: (result: Result) => void
  readonly reject: (error: Error) => void
}
type Thread = { readonly worker: Worker; readonly waiting: Map<number, Waiting> }

const ENTRY = new URL('thread.ts', import.meta.url)

export function openThreads(count: number): Threads {
  let asked = 0
  let failed: Error | undefined
  const threads = Array.from({ length: count }, (): Thread => {
    const thread = { worker: new Worker(ENTRY), waiting: new Map<number, Waiting>() }
    const fail = (error: Error): void => {
      failed ??= error
      for (const { reject } of thread.waiting.values()) reject(error)
      thread.waiting.clear()
    }
    thread.worker.on('message', (answer: Answered) => {
      settle(thread.waiting, answer)
      if (thread.waiting.size === 0) thread.worker.unref()
    })
    thread.worker.on('error', (error: unknown) => {
      fail(error instanceof Error ? error : new Error(String(error)))
    })
    thread.worker.on('exit', () => {
      fail(new Error('a thread that computes has ended'))
    })
    // One that has nothing to do keeps no process alive.
    thread.worker.unref()
    return thread
  })
  return {
    // A thread answers each task with the result of its kind.
    run: (task) => {
      const [least] = threads.toSorted((a, b) => a.waiting.size - b.waiting.size)
      return new Promise((resolve, reject) => {
        if (failed !== undefined || least === undefined) {
          reject(failed ?? new Error('there is no thread'))
          return
        }
        asked += 1
        least.waiting.set(asked, { resolve: resolve as Waiting['resolve'], reject })
        least.worker.ref()
        least.worker.postMessage({ id: asked, task } satisfies Asked)
      })
    },
    hasFailed: () => failed !== undefined,
    close: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
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
