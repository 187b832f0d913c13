/** E22 of `reference/security.md` 3.3: transactions in one another's way are run again, and not for ever. */
import { expect } from 'chai'
import { PostgresDatabase } from '../../../server/storage/postgres-database.ts'
import type { Session } from '../../../server/storage/postgres-database.ts'
import { UnavailableError } from '../../../src/index.ts'
import { engineFor } from '../../support/engines.ts'
import { thrown } from '../../support/errors.ts'
import { startCluster } from '../../support/postgresql.ts'
import type { Cluster } from '../../support/postgresql.ts'

describe('transactions of PostgreSQL that collide', function () {
  this.timeout(60_000)
  let cluster: Cluster
  let db: PostgresDatabase

  before(async function () {
    cluster = await startCluster(engineFor(this, 'postgresql'))
    await cluster.query('CREATE SCHEMA inaltera')
    await cluster.query(
      'CREATE TABLE inaltera.counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL)',
    )
    db = new PostgresDatabase({ url: cluster.url(), member: 'm' })
  })
  beforeEach(async () => {
    await cluster.query('DELETE FROM inaltera.counts')
    await cluster.query(`INSERT INTO inaltera.counts VALUES ('a', 0), ('b', 0)`)
  })
  after(async () => {
    // Unset where the engine is missing and everything here was skipped.
    await (db as PostgresDatabase | undefined)?.close()
    await (cluster as Cluster | undefined)?.remove()
  })

  const add = (session: Session, name: string): Promise<number> =>
    session.run('UPDATE counts SET value = value + 1 WHERE name = $1', name)
  const counts = async (): Promise<unknown[]> =>
    (await db.all('SELECT value FROM counts ORDER BY name')).map((row) => row['value'])

  it('that wait for each other both happen, each once', async () => {
    let runs = 0
    const both = (first: string, second: string): Promise<void> =>
      db.transaction(async (session) => {
        runs += 1
        await add(session, first)
        // Long enough for the other to hold what is wanted next.
        await session.run('SELECT pg_sleep(0.2)')
        await add(session, second)
      })
    await Promise.all([both('a', 'b'), both('b', 'a')])
    expect(await counts()).to.deep.equal([2, 2])
    expect(runs).to.be.greaterThan(2)
  })

  it('that cannot be put in an order both happen, each from its beginning', async () => {
    let runs = 0
    const addWhatIsSeen = (): Promise<void> =>
      db.transaction(async (session) => {
        runs += 1
        await session.run('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE')
        const seen = await session.one(`SELECT value FROM counts WHERE name = 'a'`)
        await session.run('SELECT pg_sleep(0.1)')
        const next = Number(seen?.['value']) + 1
        await session.run(`UPDATE counts SET value = $1 WHERE name = 'a'`, next)
      })
    await Promise.all([addWhatIsSeen(), addWhatIsSeen(), addWhatIsSeen()])
    expect(await counts()).to.deep.equal([3, 0])
    expect(runs).to.be.greaterThan(3)
  })

  it('again and again are given up after so many times, as something that may pass', async () => {
    let runs = 0
    const hopeless = db.transaction(async (session) => {
      runs += 1
      await add(session, 'a')
      await session.run(`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$`)
    })
    expect(await thrown(hopeless))
      .to.be.instanceOf(UnavailableError)
      .with.property('code', 'timeout')
    expect(runs).to.be.within(2, 20)
    expect(await counts()).to.deep.equal([0, 0])
  })
})
