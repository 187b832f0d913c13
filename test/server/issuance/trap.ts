/** Where a process kills itself with SIGKILL: at a call of a port, at a step, at a COMMIT, at a call of the file system. */

import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import type { Journal } from '../../../server/erasure/journal.ts'
import type { Documents, PartFiles } from '../../../server/ipfs/documents.ts'
import type { Store } from '../../../server/storage/store.ts'

/** Before or after the call, while it is under way, or before the COMMIT of what it writes. */
type When = 'before' | 'during' | 'before-commit' | 'after'

export type KillPoint = { readonly when: When; readonly nth?: number } & (
  | { readonly store: keyof Store }
  | { readonly documents: keyof Documents }
  | { readonly parts: keyof PartFiles }
  | { readonly journal: keyof Journal }
  | { readonly rpc: string }
  | { readonly step: string; readonly done: number }
  | { readonly fs: 'rename' | 'open' }
)

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('a process that was killed goes on')
}

export type Trap = {
  /** Does `work`, and dies of it where it is the one. */
  call<T>(isIt: boolean, work: () => Promise<T>): Promise<T>
  /** The port, one method of which kills. */
  port<Port extends object>(port: Port, method: string): Port
  progress(progress: { readonly step: string; readonly done: number }): void
  /** A COMMIT is about to be sent. */
  commit(): void
}

export function trapOf(kill: KillPoint | undefined): Trap {
  let calls = 0
  let isArmed = false
  const call = async <T>(isIt: boolean, work: () => Promise<T>): Promise<T> => {
    if (!isIt || kill === undefined) return work()
    calls += 1
    if (calls !== (kill.nth ?? 1)) return work()
    if (kill.when === 'before') die()
    if (kill.when === 'during') setTimeout(die, 2)
    isArmed = kill.when === 'before-commit'
    const result = await work()
    if (kill.when === 'after') die()
    return result
  }
  return {
    call,
    port: (port, method) =>
      new Proxy(port, {
        get: (target, name, receiver) => {
          const real: unknown = Reflect.get(target, name, receiver)
          if (name !== method || typeof real !== 'function') return real
          return (...args: unknown[]): Promise<unknown> =>
            call(true, async () => (await Reflect.apply(real, target, args)) as unknown)
        },
      }),
    progress: ({ step, done }) => {
      if (kill !== undefined && 'step' in kill && kill.step === step && kill.done === done) die()
    },
    commit: () => {
      if (isArmed) die()
    },
  }
}

/** Both engines commit by a statement of that name. */
export function armCommits(trap: Trap): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on what it belongs to, below
  const { exec } = DatabaseSync.prototype
  DatabaseSync.prototype.exec = function (sql: string): void {
    if (sql === 'COMMIT') trap.commit()
    exec.call(this, sql)
  }
  const query: unknown = Reflect.get(Client.prototype, 'query')
  const patched = function (this: Client, ...args: unknown[]): unknown {
    if (args[0] === 'COMMIT') trap.commit()
    return typeof query === 'function' ? (Reflect.apply(query, this, args) as unknown) : undefined
  }
  Object.assign(Client.prototype, { query: patched })
}

/** Files are put in place by a rename, and begun by an open. */
export function armFiles(kill: KillPoint | undefined, trap: Trap): void {
  if (kill === undefined || !('fs' in kill)) return
  const name = kill.fs
  const real = fs.promises[name] as (...args: unknown[]) => Promise<unknown>
  Object.assign(fs.promises, {
    [name]: (...args: unknown[]) => trap.call(true, () => real(...args)),
  })
  syncBuiltinESMExports()
}
