/**
 * Who uses an embedded chain. A user holds the writing end of its keeper's pipe, and the keeper copies what comes
 * through the pipe to the roll, a file: a line that stands there was read while its writer held on, so the keeper has
 * not seen the end of the pipe before, and does not until that writer lets go. No other sign tells a chain that goes on
 * from one that is about to end.
 */

import { randomBytes } from 'node:crypto'
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, isKeeper, unavailable } from './keeper.ts'
import type { Paths } from './keeper.ts'

/** One use of a chain. Its name, `<process id>.<16 hex digits>`, is that use's alone. */
export type Use = { readonly pipe: number; readonly name: string }

const ANSWER_TIMEOUT = 15_000
const STOP_TIMEOUT = 15_000

/** Undefined where no keeper reads the pipe, or its keeper is about to end. Throws `UnavailableError`. */
export async function enter(paths: Paths): Promise<Use | undefined> {
  const pipe = openPipe(paths.users)
  if (pipe === undefined) return undefined
  const name = `${process.pid}.${randomBytes(8).toString('hex')}`
  try {
    if (await isHeard(pipe, `+${name}`, paths)) return { pipe, name }
  } catch (error) {
    closeSync(pipe)
    throw error
  }
  closeSync(pipe)
  return undefined
}

/** Lets go of the chain that `keeper` keeps; resolves once it has ended, if nobody else uses it. */
export async function leave({ pipe, name }: Use, paths: Paths, keeper: number): Promise<void> {
  try {
    await isHeard(pipe, `-${name}`, paths, () => isKeeper(keeper, paths))
  } finally {
    closeSync(pipe)
  }
  const deadline = Date.now() + STOP_TIMEOUT
  while (isKeeper(keeper, paths) && usersOf(paths).every((user) => user === name)) {
    if (Date.now() > deadline) throw unavailable(`process ${keeper} does not end`)
    await sleep(25)
  }
}

/** Whether a line comes to stand on the roll; false where nobody reads the pipe any more, or its keeper is gone. */
async function isHeard(
  pipe: number,
  line: string,
  paths: Paths,
  isKept: () => boolean = () => true,
): Promise<boolean> {
  const deadline = Date.now() + ANSWER_TIMEOUT
  for (let wait = 1; writes(pipe, `${line}\n`); wait = Math.min(2 * wait, 100)) {
    await sleep(wait)
    if (rollOf(paths).includes(line)) return true
    if (!isKept()) return false
    if (Date.now() > deadline) throw unavailable('its keeper does not answer')
  }
  return false
}

/** The names that came and have not gone; one whose process died without a word is not among them. */
function usersOf(paths: Paths): string[] {
  const lines = rollOf(paths)
  const gone = new Set(lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1)))
  return lines
    .filter((line) => line.startsWith('+'))
    .map((line) => line.slice(1))
    .filter((name) => !gone.has(name) && isAlive(Number.parseInt(name, 10)))
}

function rollOf(paths: Paths): string[] {
  try {
    // What stands behind the last line break is no whole line yet.
    return readFileSync(paths.roll, 'utf8').split('\n').slice(0, -1)
  } catch {
    return []
  }
}

function openPipe(path: string): number | undefined {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
  } catch {
    return undefined
  }
}

/** False where the pipe has no reader. A full pipe takes nothing and has one. */
function writes(pipe: number, line: string): boolean {
  try {
    writeSync(pipe, line)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EAGAIN'
  }
}
