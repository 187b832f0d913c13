/** What the processes that share an embedded chain agree by: the paths in its folder, a record, process ids. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { UnavailableError } from '../../src/index.ts'
import { isObject } from './answers.ts'
import { isFree } from './port.ts'

/** Who runs the chain of this folder and where: the shell's process id, the port, the chain's own process id. */
export type OwnerRecord = { readonly pid: number; readonly port: number; readonly chain?: number }

/** How long a chain may take to write its state and end. */
const STOP_TIMEOUT = 15_000

export type Paths = Readonly<
  Record<'users' | 'roll' | 'record' | 'state' | 'beginning' | 'log' | 'lock', string>
> & {
  /** Copies of the state file, which the chain writes over in place, every second. */
  readonly copies: readonly [string, string]
}

export function pathsOf(folder: string): Paths {
  return {
    users: join(folder, 'users'),
    roll: join(folder, 'roll'),
    record: join(folder, 'owner.json'),
    state: join(folder, 'state.json'),
    beginning: join(folder, 'beginning'),
    log: join(folder, 'anvil.log'),
    lock: join(folder, 'lock'),
    copies: [join(folder, 'state-0.json'), join(folder, 'state-1.json')],
  }
}

export function readRecord(path: string): OwnerRecord | undefined {
  try {
    const record: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (!isObject(record)) return undefined
    const { pid, port, chain } = record
    if (typeof pid !== 'number' || typeof port !== 'number') return undefined
    return { pid, port, ...(typeof chain === 'number' ? { chain } : {}) }
  } catch {
    return undefined
  }
}

/** Process ids are used again: where the system tells, the command line must name this folder's pipe. */
export function isKeeper(pid: number, paths: Paths): boolean {
  return isAlive(pid) && (namesIn(pid)?.includes(paths.users) ?? true)
}

/**
 * Ends a chain whose keeper was killed and left it behind: it would hold the port. Only where the system tells that the
 * process is this folder's chain.
 */
export async function endOrphan({ chain, port }: OwnerRecord, paths: Paths): Promise<void> {
  const isThere = (): boolean =>
    chain !== undefined && isAlive(chain) && namesIn(chain)?.includes(paths.state) === true
  if (chain === undefined || !isThere()) return
  process.kill(chain, 'SIGINT')
  const deadline = Date.now() + STOP_TIMEOUT
  while (isThere()) {
    if (Date.now() > deadline) throw unavailable(`process ${chain} does not end`)
    await sleep(25)
  }
  // A process that ends lets go of its memory, its command line with it, before its sockets.
  while (!(await isFree(port)) && Date.now() < deadline) await sleep(25)
}

/** The command line of a process; undefined where the system does not tell. */
function namesIn(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return undefined
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

export function unavailable(why: string, cause?: unknown): UnavailableError {
  return new UnavailableError('unreachable', `the embedded chain: ${why}`, { cause })
}
