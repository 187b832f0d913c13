/**
 * The embedded chain's state between two runs. Anvil makes a first block of the present moment at every start, reads
 * the blocks of its state file beside it, and writes all of them back: from the second start on the file holds several
 * blocks 0, and the one read last becomes the chain's first. Which that is changes from run to run, so before a start
 * every block 0 is taken out but the one that the chain began with.
 */

import { readFile } from 'node:fs/promises'
import type { Rpc } from '../../node/rpc.ts'
import { UnavailableError } from '../../src/index.ts'
import { writeDurably } from '../keys/durable.ts'
import { isObject, parseQuantity } from './answers.ts'

/** Remembers when the chain began, in Unix seconds; first blocks of one folder differ in nothing else. */
export async function recordBeginning(path: string, rpc: Rpc): Promise<void> {
  if ((await readBeginning(path)) !== undefined) return
  const first = await rpc('eth_getBlockByNumber', ['0x0', false])
  const time = parseQuantity(isObject(first) ? first['timestamp'] : undefined, 'a block time')
  await writeDurably(path, `${time}\n`)
}

/**
 * Leaves one block 0 in the state file: that of the recorded beginning, or the earliest where a crash came before the
 * record. Does nothing where there is no file yet.
 */
export async function keepOneGenesis(statePath: string, beginningPath: string): Promise<void> {
  const text = await readFile(statePath, 'utf8').catch(() => undefined)
  if (text === undefined) return
  const state = stateIn(text)
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

/** Throws `UnavailableError` where a crash or a hand left something else in the file. */
function stateIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new UnavailableError('bad-answer', 'state.json of the embedded chain is damaged', {
      cause,
    })
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
