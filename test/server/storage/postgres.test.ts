import { expect } from 'chai'
import { ConfigError } from '../../../server/config.ts'
import { openPostgresStore } from '../../../server/storage/postgres.ts'
import { addressOfUrl } from '../../../server/storage/postgres-url.ts'
import type { Store } from '../../../server/storage/store.ts'
import { UnavailableError } from '../../../src/index.ts'
import { engineFor } from '../../support/engines.ts'
import { thrown } from '../../support/errors.ts'
import { anyFileHolds, startCluster } from '../../support/postgresql.ts'
import type { Cluster } from '../../support/postgresql.ts'
import { describeEvery } from './every.contract.ts'
import { bytes, draft, lease, newBatch, NOW, sealed } from './fixtures.ts'

const TABLES =
  'operations replacements batches transactions nonces signers tombstones status_changes'
    .concat(' audit api_keys requests rejected_batches templates webhook_endpoints link_requests')
    .concat(' tallies profiles')
    .split(' ')
/** Eight bytes that stand nowhere else, as the index keeps them. */
const CANARY_TAG = Buffer.from('a canary').readBigInt64BE()

describe('PostgreSQL', function () {
  this.timeout(60_000)
  let cluster: Cluster
  let opened: Store[] = []

  before(async function () {
    cluster = await startCluster(engineFor(this, 'postgresql'))
    await cluster.query('CREATE DATABASE store')
  })
  after(async () => {
    // Unset where the engine is missing and everything here was skipped.
    await (cluster as Cluster | undefined)?.remove()
  })

  const at = (database = 'store') => ({ url: cluster.url(database), member: '/store/url' })

  async function openOne(belongsTo = 'folder', database = 'store'): Promise<Store> {
    const store = await openPostgresStore(at(database), belongsTo)
    opened.push(store)
    return store
  }

  async function open(): Promise<{ store: Store; other: Store }> {
    const [store, other] = await Promise.all([openOne(), openOne()])
    // Quicker than a new schema, whose hundred files would be forced to disk; the rest hangs on these.
    await cluster.query(TABLES.map((one) => `DELETE FROM inaltera.${one};`).join(''), 'store')
    return { store, other }
  }

  async function close(): Promise<void> {
    for (const store of opened) await store.close()
    opened = []
  }

  async function configure(statement: string): Promise<void> {
    for (const one of [statement, 'SELECT pg_reload_conf()', 'SELECT pg_sleep(0.3)']) {
      await cluster.query(one)
    }
  }

  describeEvery('PostgreSQL', open, close)

  describe('the PostgreSQL database', () => {
    afterEach(close)

    it('holds no byte of an erased learner in its tables and indexes', async () => {
      const { store } = await open()
      const canary = Buffer.from('canary-of-the-learner-in-32-byte')
      const tagBytes = [Buffer.from('a canary'), Buffer.from('a canary').reverse()]
      const data = { sealedSeed: canary, sealedCredential: canary, sealedLearner: canary }
      await store.openDraft(newBatch('b'), lease)
      await store.addDrafts('b', lease, [{ ...draft(2), ...data, tags: [CANARY_TAG] }, draft(3)])
      await store.finishDraft('b', lease, new Uint32Array([0, 1]), '[]')
      const hashes = { keyAuthHash: canary, ownerHash: canary, serverKey: canary }
      await store.addSealed('b', lease, [{ ...sealed('b', 0), ...hashes }, sealed('b', 1)])
      const share = { id: 's', batchId: 'b', row: 2, createdAt: 0, expiresAt: undefined }
      const limits = { standing: 9, ever: 9 }
      await store.addShare({ ...share, ownerHash: canary, presentation: canary }, limits)
      const found = async (): Promise<boolean> => {
        await cluster.query('CHECKPOINT')
        return anyFileHolds(`${cluster.data}/base`, canary, ...tagBytes)
      }
      expect(await found()).to.equal(true)
      await store.erase({ cid: 'bb0', batchId: 'b', index: 0, reason: 0, erasedAt: 1 })
      expect(await found()).to.equal(false)
      expect(await store.certificatesOf('b', 0, 5)).to.have.length(2)
    })

    it('holds no byte of a presentation that was withdrawn', async () => {
      const { store } = await open()
      await store.openDraft(newBatch('b'), lease)
      await store.addDrafts('b', lease, [draft(2)])
      await store.finishDraft('b', lease, new Uint32Array([0]), '[]')
      await store.addSealed('b', lease, [sealed('b', 0)])
      const canary = Buffer.from('canary-of-a-presentation')
      const share = { id: 's', batchId: 'b', row: 2, createdAt: 0, expiresAt: undefined }
      const one = { ...share, ownerHash: bytes(62), presentation: canary }
      expect(await store.addShare(one, { standing: 9, ever: 9 })).to.equal('added')
      await store.withdrawShare('s', 1)
      await cluster.query('CHECKPOINT')
      expect(await anyFileHolds(`${cluster.data}/base`, canary)).to.equal(false)
    })

    it('is silent about a learner only once nobody can see the row any more', async () => {
      const { store } = await open()
      await store.openDraft(newBatch('b'), lease)
      const canary = Buffer.from('canary-that-a-reader-can-see')
      await store.addDrafts('b', lease, [{ ...draft(2), sealedLearner: canary }])
      const reader = cluster.query(
        'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM inaltera.audit; SELECT pg_sleep(1)',
        'store',
      )
      await cluster.query('SELECT pg_sleep(0.2)')
      await store.dropDraft('b')
      await cluster.query('CHECKPOINT')
      expect(await anyFileHolds(`${cluster.data}/base`, canary)).to.equal(false)
      await reader
    })

    it('says so where its role may not write a table anew', async () => {
      await open()
      const rights = [
        'CREATE ROLE worker LOGIN',
        'GRANT USAGE ON SCHEMA inaltera TO worker',
        'GRANT ALL ON ALL TABLES IN SCHEMA inaltera TO worker',
      ]
      await cluster.query(rights.join(';'), 'store')
      const url = cluster.url('store').replace('inaltera@', 'worker@')
      const store = await openPostgresStore({ url, member: 'm' }, 'folder')
      opened.push(store)
      await store.openDraft(newBatch('b'), lease)
      expect(await thrown(store.dropDraft('b'))).to.include({ code: 'refused' })
      await cluster.query('DROP OWNED BY worker; DROP ROLE worker', 'store')
    })

    it('refuses a schema of a later version, another folder’s database, and one that loses data', async () => {
      const { store } = await open()
      const refused = async (): Promise<unknown> => thrown(openOne('another folder'))
      expect(await refused()).to.be.instanceOf(ConfigError)
      expect(await thrown(openPostgresStore(at(), undefined))).to.be.instanceOf(ConfigError)
      await store.audit({ at: 1, action: 'a', subject: 's', actor: 'cli' })
      await cluster.query('UPDATE inaltera.store SET version = version + 99', 'store')
      expect(await thrown(openOne())).to.be.instanceOf(ConfigError)
      await cluster.query('UPDATE inaltera.store SET version = version - 99', 'store')
      await configure('ALTER SYSTEM SET full_page_writes = off')
      expect(await thrown(openOne())).to.be.instanceOf(ConfigError)
      await configure('ALTER SYSTEM RESET full_page_writes')
      expect(await (await openOne()).auditLog({ limit: 1 })).to.have.length(1)
    })

    it('is brought to its schema once by processes that start together', async () => {
      await cluster.query('DROP SCHEMA IF EXISTS inaltera CASCADE', 'store')
      const stores = await Promise.all([openOne(), openOne(), openOne(), openOne()])
      for (const store of stores)
        await store.audit({ at: NOW, action: 'a', subject: 's', actor: 'cli' })
      expect(await stores[0].auditLog({ limit: 9 })).to.have.length(4)
    })

    it('looks for tables in its own schema, whatever the role and the database say', async () => {
      await open()
      await cluster.query(
        `CREATE SCHEMA IF NOT EXISTS evil; CREATE TABLE IF NOT EXISTS evil.audit (at BIGINT);
         ALTER ROLE inaltera SET search_path = evil; ALTER ROLE inaltera SET synchronous_commit = off`,
        'store',
      )
      const store = await openOne()
      await store.audit({ at: NOW, action: 'a', subject: 's', actor: 'cli' })
      expect(await store.auditLog({ limit: 9 })).to.have.length(1)
      await cluster.query('ALTER ROLE inaltera RESET ALL', 'store')
    })

    it('is unavailable, and nothing else, where it is away or refuses', async () => {
      const away = { url: 'postgres://u@127.0.0.1:1/x', member: 'm' }
      expect(await thrown(openPostgresStore(away, 'f'))).to.include({ code: 'unreachable' })
      const missing = await thrown(openOne('folder', 'no_such_database'))
      expect(missing).to.be.instanceOf(UnavailableError)
      expect(missing).to.include({ code: 'refused' })
    })
  })
})

describe('a database URL', () => {
  const address = (url: string) => addressOfUrl({ url, member: '/store/url' })

  it('names host, database and user, and a socket by its folder', () => {
    expect(address('postgres://me:p%40ss@localhost:6543/certs')).to.deep.equal({
      host: 'localhost',
      port: 6543,
      user: 'me',
      database: 'certs',
      password: 'p@ss',
      ssl: false,
    })
    const socket = { host: '/run/postgresql', port: 5432, user: 'me', database: 'd', ssl: false }
    for (const url of [
      'postgres://me@%2Frun%2Fpostgresql/d',
      'postgresql://me@/d?host=/run/postgresql',
      'postgres://me@localhost/d?host=%2Frun%2Fpostgresql',
    ]) {
      expect(address(url), url).to.deep.equal(socket)
    }
  })

  it('leads to another machine encrypted, unless it says otherwise', () => {
    expect(address('postgres://me@db.example.org/d')).to.include({ ssl: true })
    expect(address('postgres://me@db.example.org/d?sslmode=disable')).to.include({ ssl: false })
    expect(address('postgres://me@[::1]/d')).to.include({ host: '::1', ssl: false })
  })

  it('turns off nothing, and is quoted by no error', () => {
    const bad = [
      'mysql://me:secret@h/d',
      'secret',
      'postgres://me:secret@h',
      'postgres://:secret@h/d',
      'postgres://me:secret@h/d?options=-c%20synchronous_commit%3Doff',
      'postgres://me:secret@h/d?sslmode=no-verify',
      'postgres://me:secret@h/d?sslmode=verify-full&sslrootcert=/no/such/file',
      'postgres://me:secret%zz@h/d',
      'postgres://me:secret@h:99999/d',
    ]
    for (const url of bad) {
      try {
        address(url)
        expect.fail(url)
      } catch (error) {
        expect(error, url).to.be.instanceOf(ConfigError)
        expect(JSON.stringify(error) + String(error)).not.to.include('secret')
      }
    }
  })
})
