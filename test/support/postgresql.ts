/** A PostgreSQL cluster of a test's own: in a temporary folder, reached through a socket in it and by nothing else. */
import { execFile, execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync } from 'node:fs'
import { chmod, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { patiently } from './patience.ts'

const START_MS = patiently(30_000)
const USER = 'inaltera'

export type Cluster = {
  /** Where the server keeps its files. */
  readonly data: string
  /** Of a database of this cluster. */
  url(database?: string): string
  /** Runs statements as the superuser, and gives the rows of the last. */
  query(sql: string, database?: string): Promise<Record<string, unknown>[]>
  /** The end without a checkpoint, as `pg_ctl stop -m immediate` has it: what is not in the log is lost. */
  crash(): Promise<void>
  start(): Promise<void>
  /** Stops the server and deletes its files. */
  remove(): Promise<void>
}

/** PostgreSQL refuses to run as root: then its own user runs it. */
function identity(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** `initdb` is the program that `engineFor` found. */
export async function startCluster(initdb: string): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-pg-'))
  const who = identity()
  if (who.uid !== undefined && who.gid !== undefined) chownSync(folder, who.uid, who.gid)
  await chmod(folder, 0o700)
  const data = join(folder, 'data')
  const trust = ['--auth-local=trust', '--auth-host=reject', `--username=${USER}`]
  const options = ['--encoding=UTF8', '--locale=C', '--no-sync', ...trust]
  await promisify(execFile)(initdb, ['-D', data, ...options], { ...who, cwd: folder })
  const postgres = join(dirname(await realpath(initdb)), 'postgres')
  let server: ChildProcess | undefined
  const stop = async (signal: 'SIGQUIT' | 'SIGINT'): Promise<void> => {
    const ended = server && once(server, 'exit')
    server?.kill(signal)
    await ended
    server = undefined
  }
  // A run that is broken off leaves no server behind.
  const abandon = (): void => void server?.kill('SIGQUIT')
  process.once('exit', abandon)
  const query = (sql: string, database?: string) => queryOn(folder, sql, database)
  const start = async (): Promise<void> => {
    const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'fsync=on']
    const args = ['-D', data, ...settings.flatMap((one) => ['-c', one])]
    server = spawn(postgres, args, { ...who, cwd: folder, stdio: 'ignore' })
    await answering(server, () => query('SELECT 1'))
  }
  await start()
  return {
    data,
    url: (database = 'postgres') => `postgres://${USER}@localhost/${database}?host=${folder}`,
    query,
    crash: () => stop('SIGQUIT'),
    start,
    remove: async () => {
      await stop('SIGINT')
      process.off('exit', abandon)
      await rm(folder, { recursive: true, maxRetries: 5 })
    },
  }
}

async function queryOn(
  host: string,
  sql: string,
  database = 'postgres',
): Promise<Record<string, unknown>[]> {
  const client = new Client({ host, user: USER, database })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const results = await client.query<Record<string, unknown>>(sql)
    return (Array.isArray(results) ? (results as (typeof results)[]).at(-1) : results)?.rows ?? []
  } finally {
    await client.end()
  }
}

async function answering(server: ChildProcess, ask: () => Promise<unknown>): Promise<void> {
  for (const since = performance.now(); performance.now() - since < START_MS;) {
    const isUp = await ask().then(
      () => true,
      () => false,
    )
    if (isUp) return
    if (server.exitCode !== null) break
    await wait(50)
  }
  throw new Error('PostgreSQL did not start')
}

/** Whether any file below a folder has any of these bytes. */
export async function anyFileHolds(folder: string, ...wanted: readonly Buffer[]): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter((one) => one.isFile())) {
    // A file may go while this looks.
    const content = await readFile(join(entry.parentPath, entry.name)).catch(() => undefined)
    if (wanted.some((bytes) => content?.includes(bytes))) return true
  }
  return false
}
