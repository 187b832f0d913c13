/** What the processes that share an embedded chain agree by: the paths in its folder, a record, a lock, process ids. */

import { readFileSync, rmSync } from 'node:fs'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { UnavailableError } from '../../src/index.ts'
import { isObject } from './answers.ts'

/** Who runs the chain of this folder and where: the shell's process id and the port. */
export type OwnerRecord = { readonly pid: number; readonly port: number }

/** How long a chain may take to write its state and end. */
const STOP_TIMEOUT = 15_000
/** A lock without a holder's id is one whose writer died; a live one writes it at once. */
const LOCK_AGE = 5000

export type Paths = Readonly<
  Record<'users' | 'roll' | 'record' | 'state' | 'beginning' | 'log' | 'lock', string>
>

export function pathsOf(folder: string): Paths {
  return {
    users: join(folder, 'users'),
    roll: join(folder, 'roll'),
    record: join(folder, 'owner.json'),
    state: join(folder, 'state.json'),
    beginning: join(folder, 'beginning'),
    log: join(folder, 'anvil.log'),
    lock: join(folder, 'starting'),
  }
}

export function readRecord(path: string): OwnerRecord | undefined {
  try {
    const record: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (!isObject(record)) return undefined
    const { pid, port } = record
    return typeof pid === 'number' && typeof port === 'number' ? { pid, port } : undefined
  } catch {
    return undefined
  }
}

/** Process ids are used again: where the system tells, the command line must name this folder's pipe. */
export function isKeeper(pid: number, paths: Paths): boolean {
  if (!isAlive(pid)) return false
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(paths.users)
  } catch {
    return true
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Waits for a keeper that ends; one that nobody reaps has no command line, and counts as gone. */
export async function untilGone(pid: number, paths: Paths): Promise<void> {
  const deadline = Date.now() + STOP_TIMEOUT
  while (isKeeper(pid, paths)) {
    if (Date.now() > deadline) throw unavailable(`process ${pid} does not end`)
    await sleep(25)
  }
}

/** A file that only one process can create; one left by a process that is gone is taken away. */
export async function takeLock(path: string): Promise<(() => Promise<void>) | undefined> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 })
    return () => rm(path, { force: true })
  } catch {
    const holder = Number(await readFile(path, 'utf8').catch(() => ''))
    const isLeft = holder > 0 ? !isAlive(holder) : await isOld(path)
    if (isLeft) rmSync(path, { force: true })
    return undefined
  }
}

async function isOld(path: string): Promise<boolean> {
  const file = await stat(path).catch(() => undefined)
  return file !== undefined && Date.now() - file.mtimeMs > LOCK_AGE
}

export function unavailable(why: string, cause?: unknown): UnavailableError {
  return new UnavailableError('unreachable', `the embedded chain: ${why}`, { cause })
}
