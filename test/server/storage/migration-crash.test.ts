/**
 * F20 of `reference/security.md` 3.2: a database is of the old version or of the new one, never between, whenever the
 * process that migrates it is killed; and the next one brings it forward. SQLite starts from version 1 with a batch in it,
 * PostgreSQL from an empty database: its schema is made by the same transaction that later migrations take.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import { MIGRATIONS } from '../../../server/storage/migrations.ts'
import { openPostgresStore } from '../../../server/storage/postgres.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import { engineFor } from '../../support/engines.ts'
import { startCluster } from '../../support/postgresql.ts'
import type { Cluster } from '../../support/postgresql.ts'

const at = (name: string): string =>
  new URL(`../../../server/storage/${name}`, import.meta.url).href

/** Runs a module that calls `statement(sql)` before each statement it sends; it dies before the n-th, or the COMMIT. */
async function killedAt(point: number | 'COMMIT' | 'after COMMIT', body: string): Promise<boolean> {
  const script = `
    let count = 0
    const point = ${JSON.stringify(point)}
    const die = () => process.kill(process.pid, 'SIGKILL')
    const statement = (sql) => {
      count += 1
      if (count === point || sql === point) die()
    }
    ${body}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return signal === 'SIGKILL'
}

describe('a migration that is killed, on SQLite', function () {
  this.timeout(60_000)
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-migration-'))
  })
  after(() => rm(folder, { recursive: true }))

  function onFile<T>(path: string, work: (db: DatabaseSync) => T): T {
    const db = new DatabaseSync(path)
    try {
      return work(db)
    } finally {
      db.close()
    }
  }

  const versionOf = (path: string): unknown =>
    onFile(path, (db) => db.prepare('PRAGMA user_version').get()?.['user_version'])

  for (const point of [1, 4, 5, 6, 'COMMIT', 'after COMMIT'] as const) {
    it(`at ${point}: the next process continues it, and nothing is lost`, async () => {
      const path = join(folder, `${String(point)}.sqlite`)
      onFile(path, (db) => {
        db.exec('PRAGMA journal_mode = WAL')
        db.exec(MIGRATIONS[0] ?? '')
        db.exec('PRAGMA user_version = 1')
        db.exec(`INSERT INTO batches (id, home, issuer, pointers, permanent, created_at, idempotency_key, state, size)
          VALUES ('kept', 'h', 'i', '[]', 0, 1, 'a key of version 1', 'drafted', 1)`)
      })
      const isKilled = await killedAt(
        point,
        `import { DatabaseSync } from 'node:sqlite'
         const { exec } = DatabaseSync.prototype
         DatabaseSync.prototype.exec = function (sql) {
           statement(sql)
           exec.call(this, sql)
           if (point === 'after COMMIT' && sql === 'COMMIT') die()
         }
         const { openSqliteStore } = await import(${JSON.stringify(at('sqlite.ts'))})
         openSqliteStore(${JSON.stringify(path)})`,
      )
      expect(isKilled).to.equal(true)
      expect(versionOf(path)).to.equal(point === 'after COMMIT' ? MIGRATIONS.length : 1)
      const store = openSqliteStore(path)
      expect(versionOf(path)).to.equal(MIGRATIONS.length)
      expect(await store.findBatch({ id: 'kept' })).to.include({ state: 'drafted', size: 1 })
      expect(await store.selfCheck()).to.deep.equal([])
      await store.close()
    })
  }
})

describe('a migration that is killed, on PostgreSQL', function () {
  this.timeout(60_000)
  let cluster: Cluster
  before(async function () {
    cluster = await startCluster(engineFor(this, 'postgresql'))
  })
  after(() => (cluster as Cluster | undefined)?.remove())

  for (const [i, point] of ([3, 7, 9, 'COMMIT', 'after COMMIT'] as const).entries()) {
    it(`at ${point}: the next process makes it whole`, async () => {
      const database = `migrated_${i}`
      await cluster.query(`CREATE DATABASE ${database}`)
      const url = JSON.stringify({ url: cluster.url(database), member: 'm' })
      const isKilled = await killedAt(
        point,
        `import { Client } from 'pg'
         const { query } = Client.prototype
         Client.prototype.query = function (sql, ...more) {
           statement(sql)
           const answer = query.call(this, sql, ...more)
           if (point !== 'after COMMIT' || sql !== 'COMMIT') return answer
           return answer.then(die)
         }
         const { openPostgresStore } = await import(${JSON.stringify(at('postgres.ts'))})
         await openPostgresStore(${url}, 'folder')`,
      )
      expect(isKilled).to.equal(true)
      const sql = `SELECT count(*)::integer AS tables FROM pg_tables WHERE schemaname = 'inaltera'`
      const [found] = await cluster.query(sql, database)
      // All of the schema, or nothing of it: never a part.
      expect(Number(found?.['tables']) > 0).to.equal(point === 'after COMMIT')
      const store = await openPostgresStore({ url: cluster.url(database), member: 'm' }, 'folder')
      expect(await store.selfCheck()).to.deep.equal([])
      expect(await store.listUnfinished(Date.now())).to.deep.equal([])
      await store.close()
    })
  }
})
