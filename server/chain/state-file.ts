/**
 * The embedded chain's state between two runs. Anvil makes a first block of the present moment at every start, reads
 * the blocks of its state file beside it, and writes all of them back: from the second start on the file holds several
 * blocks 0, and the one read last becomes the chain's first. Which that is changes from run to run, so before a start
 * every block 0 is taken out but the one that the chain began with.
 */

import { constants } from 'node:fs'
import { copyFile, open, readFile, rename, rm, stat } from 'node:fs/promises'
import type { Rpc } from '../../node/rpc.ts'
import { UnavailableError } from '../../src/index.ts'
import { writeDurably } from '../keys/durable.ts'
import { isObject, parseQuantity } from './answers.ts'

/** The state file, its copies, and the file that says when the chain began. */
export type StatePaths = {
  readonly state: string
  readonly beginning: string
  readonly copies: readonly string[]
}

/** Remembers when the chain began, in Unix seconds; first blocks of one folder differ in nothing else. */
export async function recordBeginning(path: string, rpc: Rpc): Promise<void> {
  if ((await readBeginning(path)) !== undefined) return
  const first = await rpc('eth_getBlockByNumber', ['0x0', false])
  const time = parseQuantity(isObject(first) ? first['timestamp'] : undefined, 'a block time')
  await writeDurably(path, `${time}\n`)
}

/**
 * Leaves one block 0 in the state file: that of the recorded beginning, or the earliest where a crash came before the
 * record. A file that its chain did not finish is replaced by the newest whole copy. Does nothing where there is no
 * file yet. Throws `UnavailableError` where no copy is whole.
 */
export async function keepOneGenesis(paths: StatePaths): Promise<void> {
  const { state: statePath, beginning: beginningPath } = paths
  const found = await newestWhole(paths)
  if (found === undefined) return
  const { state, isCopy } = found
  if (isCopy) await writeDurably(statePath, JSON.stringify(state))
  if (!isObject(state) || !Array.isArray(state['blocks'])) return
  const blocks: readonly unknown[] = state['blocks']
  const beginnings = blocks.map(firstBlockTime).filter((time) => time !== undefined)
  if (beginnings.length < 2) return
  const earliest = beginnings.reduce((a, b) => (a < b ? a : b))
  const beginning = (await readBeginning(beginningPath)) ?? earliest
  const kept = blocks.filter((block) => {
    const time = firstBlockTime(block)
    return time === undefined || time === beginning
  })
  await writeDurably(statePath, JSON.stringify({ ...state, blocks: kept }))
}

/** The state as JSON, from its file or the newest copy that is whole; undefined where there is no file. */
async function newestWhole({
  state,
  copies,
}: StatePaths): Promise<{ state: unknown; isCopy: boolean } | undefined> {
  const ages = await Promise.all(copies.map(async (path) => ({ path, at: await timeOf(path) })))
  const newest = ages.toSorted((a, b) => b.at - a.at).map(({ path }) => path)
  let cause: unknown
  for (const path of [state, ...newest]) {
    const text = await readFile(path, 'utf8').catch(() => undefined)
    if (text === undefined && path === state) return undefined
    try {
      if (text !== undefined) return { state: JSON.parse(text) as unknown, isCopy: path !== state }
    } catch (error) {
      cause ??= error
    }
  }
  throw new UnavailableError('bad-answer', 'state.json of the embedded chain is damaged', { cause })
}

async function timeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0
}

/**
 * Copies the state file while nobody writes it, and says whether it did. The chain empties the file and fills it again
 * in place: killed in between it leaves half of one, and the copy is then what is left.
 */
export async function copyState(from: string, to: string): Promise<boolean> {
  const part = `${to}.${process.pid}`
  const before = await stat(from).catch(() => undefined)
  if (before === undefined || before.size === 0) return false
  try {
    await copyFile(from, part, constants.COPYFILE_FICLONE)
    const after = await stat(from)
    const isSame = after.mtimeMs === before.mtimeMs && after.size === before.size
    if (!isSame || !(await endsAsJson(part, before.size))) return false
    await rename(part, to)
    return true
  } finally {
    await rm(part, { force: true })
  }
}

async function endsAsJson(path: string, size: number): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
    return bytesRead === 1 && buffer.toString() === '}'
  } finally {
    await file.close()
  }
}

/** The time of a block 0; undefined for every other block. */
function firstBlockTime(block: unknown): bigint | undefined {
  const header = isObject(block) ? block['header'] : undefined
  if (!isObject(header)) return undefined
  const isFirst = parseQuantity(header['number'], 'a block number') === 0n
  return isFirst ? parseQuantity(header['timestamp'], 'a block time') : undefined
}

async function readBeginning(path: string): Promise<bigint | undefined> {
  const text = (await readFile(path, 'utf8').catch(() => '')).trim()
  return /^[0-9]+$/.test(text) ? BigInt(text) : undefined
}
