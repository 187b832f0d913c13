/**
 * How fast a store takes in certificates, finds them by their learner and forgets one of them, when it holds many. What
 * is sealed is synthetic bytes of a usual length; the tags, and the course from draft to anchored, are as in issuing.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPostgresStore } from '../server/storage/postgres.ts'
import { openSqliteStore } from '../server/storage/sqlite.ts'
import type { DraftCertificate, Store } from '../server/storage/store.ts'
import { startCluster } from './cluster.ts'
import { tableOf } from './figures.ts'

const BATCH = 1000
/** First names that share the certificates; of last names there are as many as certificates / 10. */
const FIRST_NAMES = 100
const SEARCHES = 300
const PAGE = 50
const ISSUER = `0x${'1'.repeat(40)}`
const HOME = `eip155:31337:0x${'2'.repeat(40)}`
const CHAIN = 'bench'
const LEASE = { owner: 'bench', now: 0, until: Number.MAX_SAFE_INTEGER } as const

/** Usual lengths, in bytes, of what stands sealed beside a certificate. */
const SIZES = { seed: 60, credential: 1800, learner: 150, serverKey: 60 } as const

/** Prints a line for each store; `counts` are certificates. */
export async function benchSearch(counts: readonly number[]): Promise<void> {
  const rows: string[][] = []
  for (const count of counts) {
    rows.push(await onSqlite(count))
    // The greater ones take PostgreSQL too long for a bench.
    if (count <= 100_000) rows.push(await onPostgres(count))
  }
  const heading = ['store', 'certificates', 'size', 'taken in', 'load']
  const kinds = ['e-mail', 'two names', 'a first name'].map((kind) => `${kind} p50 / p99`)
  console.log(tableOf([[...heading, ...kinds, 'an erasure'], ...rows]))
}

async function onSqlite(count: number): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-bench-'))
  const path = join(folder, 'store.sqlite')
  const store = openSqliteStore(path)
  try {
    const sizeOf = async (): Promise<number> => (await stat(path)).size
    return ['SQLite', ...(await measured(store, count, sizeOf))]
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function onPostgres(count: number): Promise<string[]> {
  const cluster = await startCluster()
  try {
    const store = await openPostgresStore({ url: cluster.url, member: 'url' }, HOME)
    try {
      return ['PostgreSQL', ...(await measured(store, count))]
    } finally {
      await store.close()
    }
  } finally {
    await cluster.remove()
  }
}

async function measured(
  store: Store,
  count: number,
  sizeOf?: () => Promise<number>,
): Promise<string[]> {
  const since = performance.now()
  for (let first = 0; first < count; first += BATCH) await fill(store, first, count)
  const rate = (count * 1000) / (performance.now() - since)
  const load = loadavg()[0]?.toFixed(1) ?? '?'
  const any = (): number => Math.floor(Math.random() * count)
  const lastNames = Math.ceil(count / 10)
  const times = [
    await timesOf(store, () => [tagOf(`email ${any()}`)]),
    await timesOf(store, () => namesOf(any(), lastNames)),
    await timesOf(store, () => namesOf(any(), lastNames).slice(0, 1)),
  ]
  const before = performance.now()
  const { cid, batchId, index } = await anyOf(store)
  await store.erase({ cid, batchId, index, reason: 0, erasedAt: 1 })
  const erasure = (performance.now() - before) / 1000
  const size = sizeOf === undefined ? '–' : `${((await sizeOf()) / 2 ** 20).toFixed(0)} MiB`
  const rates = [count.toLocaleString('en'), size, `${rate.toFixed(0)} / s`, load]
  return [...rates, ...times, `${erasure.toFixed(2)} s`]
}

/** One batch, from its draft to its anchor. */
async function fill(store: Store, first: number, count: number): Promise<void> {
  const id = `bench-${first}`
  const size = Math.min(BATCH, count - first)
  const batch = { id, home: HOME, issuer: ISSUER, pointers: [], permanent: false, masterVersion: 1 }
  await store.openDraft(
    { ...batch, sealedSecret: randomBytes(SIZES.seed), createdAt: first },
    LEASE,
  )
  const drafts = Array.from({ length: size }, (_, row) => draftOf(first + row, row + 1, count))
  await store.addDrafts(id, LEASE, drafts)
  await store.finishDraft(id, LEASE, Uint32Array.from(drafts.keys()), '[]')
  const sealed = drafts.map((_, index) => ({
    index,
    cid: `bafkrei${randomBytes(26).toString('hex')}`,
    sealing: 0,
    serverKey: randomBytes(SIZES.serverKey),
    keyAuthHash: randomBytes(32),
    ownerHash: randomBytes(32),
  }))
  await store.addSealed(id, LEASE, sealed)
  const root = `0x${randomBytes(32).toString('hex')}`
  await store.markSealed(id, LEASE, root)
  await store.markStored(id, LEASE, `bafybei${randomBytes(26).toString('hex')}`)
  const plan = { chain: CHAIN, signer: ISSUER, intent: `anchor:${root}`, chainNonce: 0, now: 0 }
  const signed = { hash: root, raw: '0x', maxFeePerGas: 1n, maxPriorityFeePerGas: 1n }
  const submitted = { ...plan, batch: { id, lease: LEASE.owner } }
  const pending = await store.planTransaction(submitted, () => signed)
  await store.markAnchored(id, LEASE, { anchoredAt: 1, operator: ISSUER, transaction: root })
  await store.settleTransaction(pending, 'settled')
  await store.release(id, LEASE)
}

function draftOf(at: number, row: number, count: number): DraftCertificate {
  const unique = ['email', 'external', 'email of', 'external of'].map((kind) => `${kind} ${at}`)
  return {
    row,
    commitment: randomBytes(32),
    sealedSeed: randomBytes(SIZES.seed),
    sealedCredential: randomBytes(SIZES.credential),
    sealedLearner: randomBytes(SIZES.learner),
    tags: [...namesOf(at, Math.ceil(count / 10)), ...unique.map(tagOf)],
    isAddressed: true,
  }
}

function namesOf(at: number, lastNames: number): bigint[] {
  return [tagOf(`first ${at % FIRST_NAMES}`), tagOf(`last ${(at * 7919) % lastNames}`)]
}

function tagOf(text: string): bigint {
  return createHash('sha256').update(text).digest().readBigInt64BE()
}

/** Milliseconds of a search, the middle one and the hundredth from above; each must find something. */
async function timesOf(store: Store, tags: () => bigint[]): Promise<string> {
  const times: number[] = []
  for (let n = 0; n < SEARCHES; n += 1) {
    const wanted = tags()
    const since = performance.now()
    const found = await store.search(ISSUER, wanted, { limit: PAGE })
    times.push(performance.now() - since)
    if (found.length === 0) throw new Error('a search found nothing')
  }
  times.sort((a, b) => a - b)
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(1)
  return `${at(0.5)} / ${at(0.99)} ms`
}

async function anyOf(store: Store) {
  const [found] = await store.certificatesOf('bench-0', 7, 1)
  if (found === undefined) throw new Error('there is no certificate')
  return found
}
