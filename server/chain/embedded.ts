/**
 * The embedded chain: Anvil's own binary, kept alive by whoever uses it and by nobody else. Every process that uses it
 * holds the writing end of a named pipe (`users.ts`); a shell that owns the chain reads that pipe and, when the last
 * writer is gone (closed, crashed or killed with SIGKILL: the kernel closes the pipe), sends the chain SIGINT, so that
 * it writes its state and ends. Where the chain itself dies, its keeper ends with it, and whoever of its users sees
 * that first starts it again from its state, on the same port; the others join (`minder.ts`).
 */

import { execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { rpcOf } from '../../node/rpc.ts'
import { takeLock } from '../lock.ts'
import {
  endOrphan,
  isAlive,
  isKeeper,
  pathsOf,
  readRecord,
  unavailable,
  untilGone,
} from './keeper.ts'
import type { Paths } from './keeper.ts'
import { isFree } from './port.ts'
import { parseQuantity } from './answers.ts'
import { keepOneGenesis, recordBeginning } from './state-file.ts'
import { mind } from './minder.ts'
import type { Hold } from './minder.ts'
import { enter } from './users.ts'
import type { Use } from './users.ts'

export const EMBEDDED_CHAIN_ID = 31337

export type EmbeddedChain = {
  readonly url: string
  /** Lets go of the chain; resolves once it has ended, if nobody else uses it. */
  close(): Promise<void>
}

const READY_TIMEOUT = 30_000
const LOCK_TIMEOUT = 40_000

/**
 * `$1` pipe, `$2` roll, `$3` record, `$4` port; the rest is the chain's command line. The record stands before the pipe
 * has a reader, so that whoever enters finds it, and goes last: who starts a chain waits until the process that it
 * names is gone, and only then makes files of the same names.
 */
const KEEPER = `
users=$1; roll=$2; record=$3; port=$4; shift 4
umask 077
"$@" </dev/null &
chain=$!
trap 'kill -INT $chain' TERM
printf '{"pid":%d,"port":%d,"chain":%d}' $$ "$port" $chain >"$record"
{ cat "$users" >"$roll"; kill -INT $chain; } 2>/dev/null &
while kill -0 $chain 2>/dev/null; do wait $chain; done
rm -f "$users" "$roll"
rm -f "$record"
`

/**
 * Joins the chain that runs on this folder, or starts it on `port`; from then on sees to it that it runs until it is
 * closed. Throws `UnavailableError`.
 */
export async function openEmbeddedChain(folder: string, port: number): Promise<EmbeddedChain> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const paths = pathsOf(folder)
  const first = await joinOrStart(paths, port)
  const minder = mind(paths, first, () => joinOrStart(paths, first.port))
  return { url: `http://127.0.0.1:${first.port}`, close: () => minder.close() }
}

async function joinOrStart(paths: Paths, port: number): Promise<Hold> {
  const deadline = Date.now() + LOCK_TIMEOUT
  for (;;) {
    const joined = await joinRunning(paths)
    if (joined !== undefined) return joined
    const release = takeLock(paths.lock)
    if (release !== undefined) {
      try {
        // Another process may have started it between the look and the lock.
        return (await joinRunning(paths)) ?? (await start(paths, port))
      } finally {
        release()
      }
    }
    if (Date.now() > deadline) throw unavailable('another process is starting it for too long')
    await sleep(100)
  }
}

/** Anvil's binary from its platform package, or from `INALTERA_ANVIL`. Throws `UnavailableError`. */
export function anvilBinary(): string {
  const named = process.env['INALTERA_ANVIL']
  if (named !== undefined && named !== '') return named
  const name = `@foundry-rs/anvil-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
    const binary = join(dirname(manifest), 'bin', 'anvil')
    if (existsSync(binary)) return binary
  } catch (cause) {
    throw unavailable(`the package ${name} is not installed`, cause)
  }
  throw unavailable(`the package ${name} holds no binary`)
}

async function joinRunning(paths: Paths): Promise<Hold | undefined> {
  const use = await enter(paths)
  if (use === undefined) return undefined
  const record = readRecord(paths.record)
  if (record === undefined) {
    closeSync(use.pipe)
    return undefined
  }
  const ready = untilReady(`http://127.0.0.1:${record.port}`, record.pid)
  const failure = await ready.catch((error: unknown) => error)
  const isKept = isKeeper(record.pid, paths)
  if (failure === undefined && isKept) return { use, keeper: record.pid, port: record.port }
  closeSync(use.pipe)
  if (isKept) throw failure
  // Its chain died under this keeper, or the keeper alone: the next look starts another.
  return undefined
}

async function start(paths: Paths, port: number): Promise<Hold> {
  const former = readRecord(paths.record)
  if (former !== undefined) {
    await untilGone(former.pid, paths)
    await endOrphan(former, paths)
  }
  for (const left of [paths.users, paths.roll, paths.record]) await rm(left, { force: true })
  if (!(await isFree(port))) throw unavailable(`port ${port} is taken`)
  await keepOneGenesis(paths)
  const chain = [anvilBinary(), '--host', '127.0.0.1', '--port', `${port}`, '--quiet']
  chain.push('--chain-id', `${EMBEDDED_CHAIN_ID}`, '--accounts', '1')
  chain.push('--slots-in-an-epoch', '1', '--block-time', '2', '--mixed-mining')
  chain.push('--state', paths.state, '--state-interval', '1', '--preserve-historical-states')
  execFileSync('mkfifo', ['-m', '600', paths.users])
  const log = openSync(paths.log, 'a', 0o600)
  const keeping = [paths.users, paths.roll, paths.record, `${port}`, ...chain]
  const keeper = spawn('sh', ['-c', KEEPER, 'inaltera-chain', ...keeping], {
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const pid = keeper.pid
  if (pid === undefined) throw unavailable('the shell that keeps the chain does not start')
  keeper.unref()
  const use = await enterSoon(paths)
  const url = `http://127.0.0.1:${port}`
  try {
    await untilReady(url, pid)
    await recordBeginning(paths.beginning, rpcOf(url))
  } catch (error) {
    closeSync(use.pipe)
    throw error
  }
  return { use, keeper: pid, port }
}

async function enterSoon(paths: Paths): Promise<Use> {
  for (let i = 0; i < 200; i += 1) {
    const use = await enter(paths)
    if (use !== undefined) return use
    await sleep(25)
  }
  throw unavailable('its keeper does not listen')
}

async function untilReady(url: string, pid: number): Promise<void> {
  const rpc = rpcOf(url, 2000)
  const deadline = Date.now() + READY_TIMEOUT
  for (;;) {
    try {
      const id = parseQuantity(await rpc('eth_chainId'), 'eth_chainId')
      if (id !== BigInt(EMBEDDED_CHAIN_ID)) throw unavailable(`${url} is another chain (${id})`)
      return
    } catch (error) {
      if (!isAlive(pid) || Date.now() > deadline) throw unavailable('it does not answer', error)
      await sleep(50)
    }
  }
}
