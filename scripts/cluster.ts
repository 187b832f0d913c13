/** A PostgreSQL of a script's own: in a temporary folder, reached through a socket in it and by nothing else. */
import { execFile, execFileSync } from 'node:child_process'
import { accessSync, chownSync, constants } from 'node:fs'
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const USER = 'inaltera'
const VERSIONS = [18, 17, 16, 15, 14]

export type Cluster = {
  readonly url: string
  /** Stops the server and deletes its files. */
  remove(): Promise<void>
}

export class NoPostgresError extends Error {}

/** `INITDB` names the program outright; else it is looked for where Debian has it. Throws `NoPostgresError`. */
export async function startCluster(): Promise<Cluster> {
  const initdb = await realpath(findInitdb())
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-bench-pg-'))
  const user = identity()
  const who = { ...user, cwd: folder }
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  await chmod(folder, 0o700)
  const data = join(folder, 'data')
  const trust = ['--auth-local=trust', '--auth-host=reject', `--username=${USER}`]
  await run(initdb, ['-D', data, '--encoding=UTF8', '--locale=C', ...trust], who)
  const control = (...args: readonly string[]): Promise<unknown> =>
    run(join(dirname(initdb), 'pg_ctl'), ['-D', data, '-w', ...args], who)
  const settings = `-c listen_addresses= -c unix_socket_directories=${folder}`
  await control('start', '-l', join(folder, 'log'), '-o', settings)
  return {
    url: `postgres://${USER}@localhost/postgres?host=${folder}`,
    remove: async () => {
      await control('stop', '-m', 'fast')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function findInitdb(): string {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const debian = VERSIONS.map((version) => `/usr/lib/postgresql/${version}/bin`)
  const named = process.env['INITDB']
  const places =
    named === undefined ? [...path, ...debian].map((one) => join(one, 'initdb')) : [named]
  const found = places.find(isProgram)
  if (found === undefined) {
    throw new NoPostgresError('there is no PostgreSQL here: no initdb (INITDB names it)')
  }
  return found
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** PostgreSQL refuses to run as root: then its own user runs it. */
function identity(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
