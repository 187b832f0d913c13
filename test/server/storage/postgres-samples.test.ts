/** Defends that PostgreSQL's planner keeps no samples of what an erasure takes away, and loses those that it has. */
import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import { openPostgresStore } from '../../../server/storage/postgres.ts'
import { POSTGRES_UNSAMPLED } from '../../../server/storage/unsampled-schema.ts'
import type { Store } from '../../../server/storage/store.ts'
import { engineFor } from '../../support/engines.ts'
import { startCluster } from '../../support/postgresql.ts'
import type { Cluster } from '../../support/postgresql.ts'
import { draft, lease, newBatch, sealed } from './fixtures.ts'

const ROWS = 120
/** Where what is erased stands, or a hash of it. */
const SECRET = `(data_type = 'bytea' OR column_name IN ('tag', 'reply', 'idempotency_key', 'request_digest'))`

describe('the planner of PostgreSQL', function () {
  this.timeout(60_000)
  let cluster: Cluster
  let store: Store
  before(async function () {
    cluster = await startCluster(engineFor(this, 'postgresql'))
    await cluster.query('CREATE DATABASE store')
    store = await openPostgresStore({ url: cluster.url('store'), member: 'm' }, 'folder')
    await store.openDraft(newBatch('b'), lease)
    const drafts = Array.from({ length: ROWS }, (_, row) => ({
      ...draft(row),
      tags: [randomBytes(8).readBigInt64BE()],
      sealedLearner: randomBytes(60),
      sealedSeed: randomBytes(60),
    }))
    await store.addDrafts('b', lease, drafts)
    await store.finishDraft(
      'b',
      lease,
      Uint32Array.from(drafts, (_, at) => at),
      '[]',
    )
    await store.addSealed(
      'b',
      lease,
      drafts.map((_, at) => sealed('b', at)),
    )
  })
  after(async () => {
    await (store as Store | undefined)?.close()
    await (cluster as Cluster | undefined)?.remove()
  })

  /** Columns with samples, and whether what stands there may go. */
  async function sampled(where: string): Promise<string[]> {
    const rows = await cluster.query(
      `SELECT DISTINCT regexp_replace(tablename, '_[0-9]$', '') || '.' || attname AS name FROM pg_stats
         JOIN information_schema.columns ON (table_schema, table_name, column_name) = (schemaname, tablename, attname)
         WHERE schemaname = 'inaltera' AND ${where} ORDER BY 1`,
      'store',
    )
    return rows.map(({ name }) => String(name))
  }

  it('keeps samples of what stays alone', async () => {
    await cluster.query('ANALYZE', 'store')
    expect(await sampled(SECRET)).to.deep.equal(['certificates.commitment'])
    expect(await sampled(`NOT ${SECRET}`)).to.include('erasable.row')
  })

  it('loses the samples that an earlier schema let it take', async () => {
    const columns = [
      ...POSTGRES_UNSAMPLED.matchAll(/ALTER TABLE \w+ ALTER COLUMN \w+ SET STATISTICS/g),
    ]
    const earlier = columns.map(([statement]) => `${statement} -1;`).join('\n')
    await cluster.query(`SET search_path = inaltera; ${earlier} ANALYZE;`, 'store')
    expect(await sampled(SECRET)).to.include.members(['erasable.sealed_seed', 'search.tag'])
    await cluster.query(`SET search_path = inaltera; ${POSTGRES_UNSAMPLED}`, 'store')
    expect(await sampled(SECRET)).to.deep.equal(['certificates.commitment'])
    await cluster.query('ANALYZE', 'store')
    expect(await sampled(SECRET)).to.deep.equal(['certificates.commitment'])
    expect(await store.draftsOf('b', 0, ROWS)).to.have.length(ROWS)
  })
})
