/** A bounded pool of connections to one PostgreSQL database, and its transactions; `postgres-*.ts` hold the statements. */

import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Client, Pool } from 'pg'
import type { ClientConfig, PoolClient } from 'pg'
import { invariant, UnavailableError } from '../../src/index.ts'
import {
  errorOfConnection,
  errorOfDatabase,
  errorOfFirst,
  isCollision,
  UnusedConnectionError,
} from './postgres-errors.ts'
import { addressOfUrl } from './postgres-url.ts'
import type { DatabaseUrl } from './postgres-url.ts'

export type PgRow = Readonly<Record<string, unknown>>
type Scalar = string | number | bigint | boolean | Uint8Array | null
export type PgValue = Scalar | readonly Scalar[]

/** Statements, each on its own or all in one transaction. */
export type Session = {
  /** Returns how many rows changed. */
  run(sql: string, ...values: readonly PgValue[]): Promise<number>
  one(sql: string, ...values: readonly PgValue[]): Promise<PgRow | undefined>
  all(sql: string, ...values: readonly PgValue[]): Promise<PgRow[]>
}

const MAX_CONNECTIONS = 8
const CONNECT_TIMEOUT = 10_000
/** When the database itself is silent; its own timeouts are shorter. */
const ANSWER_TIMEOUT = 45_000
/** More than there are connections: all of them may be gone, and only their use shows it. */
const ATTEMPTS = MAX_CONNECTIONS + 2
const LONGEST_PAUSE = 500

/** What every connection has, whatever the server's configuration, the role or the URL say. */
const SETTINGS = {
  search_path: 'inaltera,pg_temp',
  default_transaction_isolation: 'read\\ committed',
  synchronous_commit: 'on',
  lock_timeout: '10s',
  idle_in_transaction_session_timeout: '30s',
} as const

function configOf(url: DatabaseUrl, statementTimeout: string): ClientConfig {
  const settings = Object.entries({ ...SETTINGS, statement_timeout: statementTimeout })
  return {
    ...addressOfUrl(url),
    options: settings.map(([name, value]) => `-c ${name}=${value}`).join(' '),
    application_name: 'inaltera',
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
  }
}

export class PostgresDatabase implements Session {
  readonly #pool: Pool
  readonly #url: DatabaseUrl

  /** Connects when first used. Throws `ConfigError`. */
  constructor(url: DatabaseUrl) {
    this.#url = url
    const max = MAX_CONNECTIONS
    this.#pool = new Pool({ ...configOf(url, '30s'), max, query_timeout: ANSWER_TIMEOUT })
    // A connection that breaks while idle leaves the pool; the next statement opens another.
    this.#pool.on('error', ignore)
    // Without a listener, a connection that breaks between two statements would end the process; what ends it may even
    // come in one piece with what makes it ready, so it is heard from its beginning.
    this.#pool.on('connect', (client) => {
      client.on('error', ignore)
    })
  }

  /**
   * Runs `work` in one transaction: it happens whole or not at all, and is on disk when this resolves. Run again, from
   * its beginning, where another transaction was in the way, or where the connection was gone before it began. A
   * connection that breaks later leaves open whether it happened: then this throws.
   */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#repeated((client) => inTransaction(client, work))
  }

  run(sql: string, ...values: readonly PgValue[]): Promise<number> {
    return this.transaction((session) => session.run(sql, ...values))
  }

  /** For reading only: asked again where the connection breaks. */
  one(sql: string, ...values: readonly PgValue[]): Promise<PgRow | undefined> {
    return this.#repeated((client) =>
      sessionOn(client)
        .one(sql, ...values)
        .catch(unused),
    )
  }

  /** For reading only: asked again where the connection breaks. */
  all(sql: string, ...values: readonly PgValue[]): Promise<PgRow[]> {
    return this.#repeated((client) =>
      sessionOn(client)
        .all(sql, ...values)
        .catch(unused),
    )
  }

  /**
   * Statements that no transaction can hold and no time limit may cut, on a connection of their own. A warning is an
   * error: what this role may not do, `VACUUM` only warns of, and leaves undone.
   */
  async alone(statements: readonly string[]): Promise<void> {
    const client = new Client(configOf(this.#url, '0'))
    client.on('error', ignore)
    const warnings: string[] = []
    try {
      await client.connect().catch(rethrown)
      client.on('notice', ({ code, message = '' }) => {
        if (code?.startsWith('01') === true) warnings.push(message)
      })
      for (const statement of statements) await client.query(statement).catch(rethrown)
    } catch (error) {
      throw errorOfDatabase(error)
    } finally {
      await client.end().catch(ignore)
    }
    const [warning] = warnings
    if (warning !== undefined) {
      throw new UnavailableError('refused', `the database refuses: ${warning}`)
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }

  async #repeated<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#connected(work)
      } catch (error) {
        const isPassing = isCollision(error) || error instanceof UnusedConnectionError
        if (!isPassing || attempt === ATTEMPTS) throw errorOfDatabase(error)
        await wait(randomInt(1, Math.min(10 * 2 ** attempt, LONGEST_PAUSE)))
      }
    }
  }

  async #connected<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch(rethrown)
    let isBroken = false
    try {
      return await work(client)
    } catch (error) {
      const isGone = error instanceof UnavailableError || error instanceof UnusedConnectionError
      isBroken = isGone || !(await isClean(client))
      throw error
    } finally {
      client.release(isBroken)
    }
  }
}

function ignore(): void {
  // What broke shows where the connection is used.
}

function rethrown(error: unknown): never {
  throw errorOfConnection(error)
}

function unused(error: unknown): never {
  throw errorOfFirst(error)
}

function sessionOn(client: PoolClient): Session {
  const query = async (
    sql: string,
    values: readonly PgValue[],
  ): Promise<{ rows: PgRow[]; rowCount: number | null }> =>
    // Only a query without values may hold several statements.
    client.query<PgRow>(sql, values.length === 0 ? undefined : [...values]).catch(rethrown)
  return {
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    one: async (sql, ...values) => (await query(sql, values)).rows[0],
    all: async (sql, ...values) => (await query(sql, values)).rows,
  }
}

async function inTransaction<T>(
  client: PoolClient,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = sessionOn(client)
  await session.run('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE').catch(unused)
  const result = await work(session)
  const { command } = await client.query('COMMIT').catch(rethrown)
  // A transaction in which a statement failed is undone by its COMMIT, without an error.
  invariant(command === 'COMMIT', 'a transaction is committed whole')
  return result
}

/** Undoes what is open; a connection on which that fails is thrown away. */
async function isClean(client: PoolClient): Promise<boolean> {
  try {
    if (client.getTransactionStatus() !== 'I') await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}

export function text(row: PgRow, column: string): string {
  const value = row[column]
  invariant(typeof value === 'string', `${column} is not text`)
  return value
}

/** The driver gives INTEGER as a number and BIGINT as text. */
export function integer(row: PgRow, column: string): number {
  const value = row[column]
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
  invariant(Number.isSafeInteger(number), `${column} is not an integer`)
  return Number(number)
}

export function bytea(row: PgRow, column: string): Uint8Array {
  const value = row[column]
  invariant(value instanceof Uint8Array, `${column} is not bytes`)
  return new Uint8Array(value)
}

export function optionalBytea(row: PgRow, column: string): Uint8Array | undefined {
  return row[column] === null ? undefined : bytea(row, column)
}
