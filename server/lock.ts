/**
 * A lock between processes, as a file. It is SQLite's own lock, which the system lets go of when its holder ends, by
 * whatever death: nobody has to find out whether a lock is stale, and process ids, which are used again, say nothing.
 */

import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 20
/** https://www.sqlite.org/rescode.html: SQLITE_BUSY, in the low byte. */
const BUSY = 5

/** Takes the lock of this file, which it makes and leaves; undefined where somebody holds it. Call the answer to let go. */
export function takeLock(path: string): (() => void) | undefined {
  makeFile(path)
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    // Nothing is ever written; without this a journal would lie beside the lock.
    database.exec('PRAGMA journal_mode = MEMORY')
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (isBusy(error)) return undefined
    throw error
  }
  return () => {
    database.close()
  }
}

/** Does `work` while nobody else, in this process or another, does work under the lock of this file. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const release = takeLock(path)
    if (release === undefined) {
      await sleep(POLL_MS)
      continue
    }
    try {
      return await work()
    } finally {
      release()
    }
  }
}

/**
 * Makes the file where there is none. One that is there is not opened: POSIX lets go of all locks that a process has on a
 * file when it closes any descriptor of it, SQLite's among them.
 */
export function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false
  return typeof error.errcode === 'number' && (error.errcode & 0xff) === BUSY
}
