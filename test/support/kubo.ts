/** A Kubo of a test's own: a repository in a temporary folder, offline, on loopback ports that the system chose. */
import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { patiently } from './patience.ts'

const START_MS = patiently(30_000)

export type Kubo = {
  /** Of its RPC. */
  readonly url: string
  readonly repository: string
  /** Runs a command of the program on this repository, and gives what it printed. */
  run(...args: string[]): Promise<string>
  /** Ends as a machine does that loses its power; `start` is possible again, at another port. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Stops it and deletes its repository. */
  remove(): Promise<void>
}

/** `ipfs` is the program that `engineFor` found. The profile "test" has no bootstrap, mDNS, AutoConf or public routing. */
export async function startKubo(ipfs: string): Promise<Kubo> {
  const repository = await mkdtemp(join(tmpdir(), 'inaltera-kubo-'))
  const env = { ...process.env, IPFS_PATH: repository, IPFS_TELEMETRY: 'off' }
  const run = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(ipfs, args, { env })).stdout
  await run('init', '--profile=test', '--empty-repo')
  let daemon: ChildProcess | undefined
  let url = ''
  // A run that is broken off leaves no daemon behind.
  const abandon = (): void => void daemon?.kill('SIGKILL')
  process.once('exit', abandon)
  const stop = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const ended = daemon && once(daemon, 'exit')
    daemon?.kill(signal)
    await ended
    daemon = undefined
  }
  const start = async (): Promise<void> => {
    await rm(join(repository, 'api'), { force: true })
    daemon = spawn(ipfs, ['daemon', '--offline'], { env, stdio: 'ignore' })
    url = await addressOf(daemon, repository)
  }
  await start()
  return {
    get url() {
      return url
    },
    repository,
    run,
    kill: () => stop('SIGKILL'),
    start,
    remove: async () => {
      await stop('SIGTERM')
      process.off('exit', abandon)
      await rm(repository, { recursive: true, maxRetries: 5 })
    },
  }
}

/** The daemon writes its address, `/ip4/127.0.0.1/tcp/<port>`, once it listens. */
async function addressOf(daemon: ChildProcess, repository: string): Promise<string> {
  for (const since = performance.now(); performance.now() - since < START_MS;) {
    const address = await readFile(join(repository, 'api'), 'utf8').catch(() => '')
    const [, port] = /^\/ip4\/127\.0\.0\.1\/tcp\/(\d+)$/.exec(address.trim()) ?? []
    if (port !== undefined && (await answers(`http://127.0.0.1:${port}`))) {
      return `http://127.0.0.1:${port}`
    }
    if (daemon.exitCode !== null) break
    await wait(50)
  }
  throw new Error('Kubo did not start')
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/api/v0/version`, { method: 'POST' }).then(
    ({ ok }) => ok,
    () => false,
  )
}
