/**
 * Programs that a test uses when the machine has them: Chromium, geth, PostgreSQL, Kubo, Python, strace, curl. A test asks for one with
 * `engineFor`, which skips the test where the machine has none, and fails it where `INALTERA_REQUIRE` lists it.
 */
import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import mocha from 'mocha'
import type { Context } from 'mocha'

export const ENGINES = [
  'chromium',
  'geth',
  'postgresql',
  'kubo',
  'python',
  'strace',
  'mount',
  'curl',
] as const
export type Engine = (typeof ENGINES)[number]

interface Whereabouts {
  /** The environment variable that names the program outright. */
  readonly variable: string
  readonly programs: readonly string[]
  /** Folders searched after PATH. */
  readonly folders: readonly string[]
}

function toolFolders(): string[] {
  const named = process.env['INALTERA_TOOLS']
  return [...(named === undefined ? [] : [named]), join(homedir(), '.cache/inaltera/bin')]
}

function whereaboutsOf(engine: Engine): Whereabouts {
  switch (engine) {
    case 'chromium':
      return {
        variable: 'CHROMIUM',
        programs: ['chromium', 'chromium-browser', 'google-chrome'],
        folders: ['/usr/bin'],
      }
    case 'geth':
      return { variable: 'GETH', programs: ['geth'], folders: toolFolders() }
    case 'postgresql':
      return {
        variable: 'INITDB',
        programs: ['initdb'],
        folders: [18, 17, 16, 15, 14].map((version) => `/usr/lib/postgresql/${version}/bin`),
      }
    case 'kubo':
      return { variable: 'IPFS', programs: ['ipfs'], folders: toolFolders() }
    case 'python':
      return { variable: 'PYTHON', programs: ['python3'], folders: ['/usr/bin'] }
    case 'strace':
      return { variable: 'STRACE', programs: ['strace'], folders: ['/usr/bin'] }
    case 'mount':
      return { variable: 'MOUNT', programs: ['mount'], folders: ['/usr/bin', '/bin'] }
    case 'curl':
      return { variable: 'CURL', programs: ['curl'], folders: ['/usr/bin'] }
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The program's path (for PostgreSQL that of `initdb`, beside which `postgres` and `pg_ctl` stand), or `undefined`. A
 * variable that names a program is believed alone: a wrong path finds nothing rather than something else.
 */
export function findEngine(engine: Engine): string | undefined {
  if (deniedEngines().includes(engine)) return undefined
  const { variable, programs, folders } = whereaboutsOf(engine)
  const named = process.env[variable]
  if (named !== undefined && named !== '') return isProgram(named) ? named : undefined
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return [...path, ...folders]
    .flatMap((folder) => programs.map((program) => join(folder, program)))
    .find(isProgram)
}

/** The engines without which a run is a failure: `INALTERA_REQUIRE=chromium,geth`. */
export function requiredEngines(): Engine[] {
  return enginesIn('INALTERA_REQUIRE')
}

/**
 * Programs that cannot be had or that the system lets nobody use (`INALTERA_DENIED=mount`): nothing here mends that, so
 * what needs them is skipped, and says so, where all else is required.
 */
export function deniedEngines(): Engine[] {
  return enginesIn('INALTERA_DENIED')
}

function enginesIn(variable: string): Engine[] {
  const names = (process.env[variable] ?? '').split(',').map((name) => name.trim())
  return names
    .filter((name) => name !== '')
    .map((name) => {
      const engine = ENGINES.find((known) => known === name)
      if (engine === undefined) {
        throw new Error(`${variable}: no engine ${name}; there are ${ENGINES.join(', ')}`)
      }
      return engine
    })
}

/** How the reason of a skip ends that no installation mends; `scripts/test.ts` knows it too. */
const DENIED = 'cannot be had on this system'

/** Why tests were skipped, by their full title; the reporter reads it. */
export const skipReasons = new Map<string, string>()

/**
 * The engine's program, for a test or `before` hook (`function () { engineFor(this, 'geth') }`). Skips what runs where
 * it is missing; throws where it is required.
 */
export function engineFor(context: Context, engine: Engine): string {
  const program = findEngine(engine)
  if (program !== undefined) return program
  if (requiredEngines().includes(engine)) {
    throw new Error(`${engine} is required (INALTERA_REQUIRE) and was not found`)
  }
  const subject = context.test instanceof mocha.Test ? context.test : context.test?.parent
  const titles = subject?.titlePath() ?? []
  const why = deniedEngines().includes(engine) ? DENIED : 'was not found'
  skipReasons.set(titles.join(' '), `${engine} ${why}`)
  return context.skip()
}
