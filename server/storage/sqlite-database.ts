/** One connection to one SQLite file, its settings and its transactions; `sqlite-*.ts` hold the statements. */

import { chmodSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import { invariant, UnavailableError } from '../../src/index.ts'
import { makeFile } from '../lock.ts'
import { MIGRATIONS } from './migrations.ts'

export type SqlRow = Readonly<Record<string, SQLOutputValue>>

/**
 * How long a statement waits for another process's transaction, milliseconds: longer than the longest, which is an
 * erasure's `VACUUM` (6 seconds in a store of 500,000 certificates, `docs/PERFORMANCE.md`).
 */
const BUSY_TIMEOUT = 120_000
/** Room for the pages of the indexes that every row of a large batch goes to. */
const CACHE_KIB = 65_536
/** The log goes to the file after 8 MiB: for so much nobody waits long, and a page that many transactions change goes once. */
const LOG_PAGES = 2048
/** How long the log waits for another process's reading, which nothing but a backup does for long. */
const READERS_TIMEOUT = 10_000

export class SqliteDatabase {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  /** Opens or creates the file and brings its schema forward; a schema from the future is refused. */
  constructor(path: string) {
    makePrivate(path)
    this.#database = new DatabaseSync(path, {
      timeout: BUSY_TIMEOUT,
      // Tables that others refer to may be made anew by a migration; what is left is checked by its end.
      enableForeignKeyConstraints: false,
    })
    this.#database.exec('PRAGMA journal_mode = WAL')
    this.#database.exec('PRAGMA synchronous = FULL')
    this.#database.exec('PRAGMA secure_delete = ON')
    this.#database.exec(`PRAGMA cache_size = -${CACHE_KIB}`)
    this.#database.exec(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}`)
    this.#migrate()
    this.#database.exec('PRAGMA foreign_keys = ON')
  }

  #migrate(): void {
    this.transaction(() => {
      const version = integer(this.one('PRAGMA user_version') ?? {}, 'user_version')
      invariant(version <= MIGRATIONS.length, `the store is of a later version (${version})`)
      for (const migration of MIGRATIONS.slice(version)) this.#database.exec(migration)
      if (version < MIGRATIONS.length) {
        const dangling = this.all('PRAGMA foreign_key_check')
        invariant(dangling.length === 0, 'a migration leaves no row that refers to none')
      }
      this.#database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
    })
  }

  /** Runs `work` in one transaction, taken for writing at once so that it cannot fail half way for a lock. */
  transaction<T>(work: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.#database.exec('COMMIT')
      return result
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  /** Returns how many rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes)
  }

  one(sql: string, ...values: SQLInputValue[]): SqlRow | undefined {
    return this.#prepare(sql).get(...values)
  }

  all(sql: string, ...values: SQLInputValue[]): SqlRow[] {
    return this.#prepare(sql).all(...values)
  }

  /**
   * Moves what the log still holds into the file and empties it, so that deleted rows are gone from both. Throws
   * `UnavailableError` where another process's reading keeps it from that: to be asked for again.
   */
  emptyLog(): void {
    this.#database.exec(`PRAGMA busy_timeout = ${READERS_TIMEOUT}`)
    const row = this.one('PRAGMA wal_checkpoint(TRUNCATE)')
    this.#database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`)
    if (row?.['busy'] === 0) return
    throw new UnavailableError('timeout', 'another process reads the store; erase it again')
  }

  /**
   * Writes the whole file anew. `secure_delete` overwrites what is deleted where it stands, but a page that was split or
   * filled again may hold an older copy of it in its unused middle.
   */
  rewrite(): void {
    this.#statements.clear()
    this.#database.exec('VACUUM')
    this.emptyLog()
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

/** Only its owner reads the file; SQLite gives its log and index the mode that the file has when they are made. */
function makePrivate(path: string): void {
  makeFile(path)
  for (const one of [path, `${path}-wal`, `${path}-shm`]) {
    const found = statSync(one, { throwIfNoEntry: false })
    if (found !== undefined && (found.mode & 0o077) !== 0) chmodSync(one, 0o600)
  }
}

export function text(row: SqlRow, column: string): string {
  const value = row[column]
  invariant(typeof value === 'string', `${column} is not text`)
  return value
}

export function integer(row: SqlRow, column: string): number {
  const value = row[column]
  invariant(typeof value === 'number' && Number.isSafeInteger(value), `${column} is not an integer`)
  return value
}

export function blob(row: SqlRow, column: string): Uint8Array {
  const value = row[column]
  invariant(value instanceof Uint8Array, `${column} is not a blob`)
  return value
}

export function optionalBlob(row: SqlRow, column: string): Uint8Array | undefined {
  return row[column] === null ? undefined : blob(row, column)
}

/** A JSON list of texts that this driver wrote. */
export function texts(row: SqlRow, column: string): string[] {
  const value: unknown = JSON.parse(text(row, column))
  invariant(Array.isArray(value) && value.every((item) => typeof item === 'string'), column)
  return value
}

/** A JSON list of integers that this driver wrote. */
export function integers(row: SqlRow, column: string): number[] {
  const value: unknown = JSON.parse(text(row, column))
  invariant(Array.isArray(value) && value.every((item) => Number.isSafeInteger(item)), column)
  return value.map(Number)
}
