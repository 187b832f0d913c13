/** How fast both stores find certificates, and forget one of them, when they hold many; see `bench-search-fill.ts`. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPostgresStore } from '../server/storage/postgres.ts'
import type { SearchPlace } from '../server/storage/search.ts'
import { openSqliteStore } from '../server/storage/sqlite.ts'
import type { Store } from '../server/storage/store.ts'
import type { Section } from '../bench/sections.ts'
import { invariant } from '../src/index.ts'
import {
  BATCH,
  batchIdOf,
  cidOf,
  fillPostgres,
  fillSqlite,
  firstNameOf,
  HOME,
  ISSUER,
  lastNameOf,
  tagOf,
} from './bench-search-fill.ts'
import { NoPostgresError, startCluster } from './cluster.ts'
import { tableOf } from './figures.ts'

const SEARCHES = 300
/** The most that the API shows of certificates, and of batches. */
const PAGE = 100

export type SearchFigures = {
  readonly store: string
  readonly certificates: number
  readonly load: number
  /** Seconds. */
  readonly filledIn: number
  readonly erasure: number
  readonly bytes: number
  /** Milliseconds, by kind of search. */
  readonly kinds: Readonly<Record<string, { readonly p50: number; readonly p99: number }>>
}

/** Prints a table for each of the counts. */
export async function benchSearch(counts: readonly number[]): Promise<void> {
  for (const count of counts) console.log(`\n${tableOf(searchTable(await searchFigures(count)))}`)
}

/** Of both stores. Where this machine has no PostgreSQL, of SQLite alone, and the reason goes to standard error. */
export async function searchFigures(count: number): Promise<SearchFigures[]> {
  const sqlite = await onSqlite(count)
  try {
    return [sqlite, await onPostgres(count)]
  } catch (error) {
    if (!(error instanceof NoPostgresError)) throw error
    process.stderr.write(`${error.message}\n`)
    return [sqlite]
  }
}

export function searchSection(figures: readonly SearchFigures[]): Section {
  const text = `Rows as issuing leaves them, in batches of ${BATCH}, six search tags each; ${SEARCHES} searches of each kind, pages of ${PAGE}, by the store's own verbs; milliseconds p50 / p99.`
  return { name: 'search', parts: [text, searchTable(figures)] }
}

/** A row for each kind of search, a column for each store, p50 / p99. */
function searchTable(figures: readonly SearchFigures[]): string[][] {
  const kinds = Object.keys(figures[0]?.kinds ?? {})
  const cell = ({ kinds: of }: SearchFigures, kind: string): string => {
    const { p50, p99 } = of[kind] ?? { p50: Number.NaN, p99: Number.NaN }
    return `${p50.toFixed(1)} / ${p99.toFixed(1)} ms`
  }
  const rowOf = (name: string, of: (one: SearchFigures) => string): string[] => [
    name,
    ...figures.map(of),
  ]
  return [
    rowOf(
      'p50 / p99 of',
      ({ store, certificates }) => `${store}, ${certificates.toLocaleString('en')}`,
    ),
    ...kinds.map((kind) => rowOf(kind, (one) => cell(one, kind))),
    rowOf('an erasure', ({ erasure }) => `${erasure.toFixed(1)} s`),
    rowOf('size', ({ bytes }) => `${(bytes / 2 ** 20).toFixed(0)} MiB`),
    rowOf('filled in', ({ filledIn }) => `${filledIn.toFixed(0)} s`),
    rowOf('load of the machine', ({ load }) => load.toFixed(1)),
  ]
}

async function onSqlite(count: number): Promise<SearchFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-bench-'))
  const path = join(folder, 'store.sqlite')
  try {
    await openSqliteStore(path).close()
    const since = performance.now()
    fillSqlite(path, count)
    const filledIn = (performance.now() - since) / 1000
    const store = openSqliteStore(path)
    try {
      const bytes = (await stat(path)).size
      return { store: 'SQLite', filledIn, bytes, ...(await measured(store, count)) }
    } finally {
      await store.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function onPostgres(count: number): Promise<SearchFigures> {
  const cluster = await startCluster()
  try {
    const store = await openPostgresStore({ url: cluster.url, member: 'url' }, HOME)
    try {
      const since = performance.now()
      const bytes = await fillPostgres(cluster.url, count)
      const filledIn = (performance.now() - since) / 1000
      const figures = await measured(store, count)
      return { store: 'PostgreSQL', filledIn, bytes, ...figures }
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
): Promise<Pick<SearchFigures, 'certificates' | 'load' | 'kinds' | 'erasure'>> {
  const load = loadavg()[0] ?? 0
  const kinds: Record<string, { p50: number; p99: number }> = {}
  for (const [name, search] of Object.entries(searchesOf(store, count))) {
    kinds[name] = await timesOf(search)
  }
  const since = performance.now()
  const { cid, batchId, index } = await certificateAt(store, 7)
  await store.erase({ cid, batchId, index, reason: 0, erasedAt: 1 })
  return { certificates: count, load, kinds, erasure: (performance.now() - since) / 1000 }
}

/** Every kind that the API has; each says how many it has to find. */
type Search = () => Promise<{ readonly found: number; readonly least: number }>

function searchesOf(store: Store, count: number): Record<string, Search> {
  const any = (): number => Math.floor(Math.random() * count)
  const placeOf = (at: number): SearchPlace => ({
    batchId: batchIdOf(Math.floor(at / BATCH) + 1),
    row: (at % BATCH) + 1,
  })
  const byTags = async (
    words: readonly string[],
    least: number,
    after?: SearchPlace,
  ): Promise<{ found: number; least: number }> => {
    const page = { limit: PAGE, after }
    return { found: (await store.search(ISSUER, words.map(tagOf), page)).length, least }
  }
  const inBatches = async (
    least: number,
    page: Omit<Parameters<Store['listBatches']>[1], 'limit'>,
  ): Promise<{ found: number; least: number }> => {
    return { found: (await store.listBatches(ISSUER, { limit: PAGE, ...page })).length, least }
  }
  const batches = Math.floor(count / BATCH)
  const placed = (no: number) => ({ createdAt: no, id: batchIdOf(no) })
  return {
    'an e-mail address': () => byTags([`email ${any()}`], 1),
    'an external id': () => byTags([`external ${any()}`], 1),
    'an address that nobody has': () => byTags([`email ${count + any()}`], 0),
    'first and last name': () => {
      const at = any()
      return byTags([firstNameOf(at), lastNameOf(at, count)], 1)
    },
    'a first name that every hundredth has': () => byTags([firstNameOf(any())], PAGE),
    'the same, a page in the middle': () =>
      byTags([firstNameOf(any())], 1, placeOf(Math.floor(count / 4) + (any() >> 1))),
    'two frequent names that 1 % have both': () => byTags([firstNameOf(0), 'last'], PAGE),
    'two frequent names that nobody has both': () => byTags([firstNameOf(1), 'last'], 0),
    'the newest batches': () => inBatches(PAGE, {}),
    'batches, a page far back': () => inBatches(1, { after: placed(2 + (any() % (batches - 1))) }),
    'batches in a state that few are in': () => inBatches(0, { state: 'drafted' }),
    'batches in a state that none is in': () => inBatches(0, { state: 'submitted' }),
    'certificates of a batch': async () => ({
      found: (await store.certificatesOf(placeOf(any()).batchId, 0, PAGE)).length,
      least: BATCH,
    }),
    'a certificate by its CID': async () => ({
      found: (await store.findCertificate(cidOf(any()))) === undefined ? 0 : 1,
      least: 1,
    }),
  }
}

/** Milliseconds, the middle one and the hundredth from above; the first of all warms up. */
async function timesOf(search: Search): Promise<{ p50: number; p99: number }> {
  const times: number[] = []
  await search()
  for (let n = 0; n < SEARCHES; n += 1) {
    const since = performance.now()
    const { found, least } = await search()
    times.push(performance.now() - since)
    if (found < least) throw new Error(`a search found ${found}, not ${least}`)
  }
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}

async function certificateAt(store: Store, at: number) {
  const found = await store.findCertificate(cidOf(at))
  invariant(found !== undefined, 'the store holds the certificate')
  return found
}
