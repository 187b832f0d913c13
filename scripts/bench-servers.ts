/**
 * How long many batches take that come at once and are anchored through one key, with one server and with two on one
 * PostgreSQL. The servers are processes of their own, as whoever runs them starts them; this process only hands in.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { initData, openContext } from '../server/context.ts'
import type { Context } from '../server/context.ts'
import { utf8 } from '../src/index.ts'
import { startCluster } from './cluster.ts'
import { tableOf } from './figures.ts'
import { startServing } from './serving.ts'

const BATCHES = 20
const ROWS = 50
const COUNTS = [1, 2]
const MOST_MS = 10 * 60_000
const PASSPHRASE = 'of a bench that is thrown away'
const ROOT = join(import.meta.dirname, '..')

const HEADER =
  'N° stagiaire;Prénom;Nom;Date de naissance;Courriel;Date du jury;Épreuve pratique /20;QCM sécurité (%);Assiduité (%);Travail d’équipe'

async function* rowsOf(batch: number): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(utf8(`${HEADER}\n`))
  for (let n = 1; n <= ROWS; n += 1) {
    const id = `${batch}-${n}`
    yield utf8(
      `${id};Zoé;L’Hôte;03/02/1999;${id}@courriel.example;12/06/2026;15,5;90 %;100 %;Acquis\n`,
    )
  }
}

/** Prints the table; every batch must be anchored, else it throws. */
export async function benchServers(): Promise<void> {
  console.log(`${BATCHES} batches of ${ROWS} rows at once, one anchoring key, PostgreSQL\n`)
  const cluster = await startCluster()
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-bench-'))
  const data = join(folder, 'data')
  try {
    const store = { kind: 'postgres', url: cluster.url } as const
    await initData(data, { passphrase: PASSPHRASE, issuerName: 'Bench', scryptLogN: 10, store })
    const context = await openContext(data, { passphrase: PASSPHRASE })
    try {
      await context.deploy()
      const rows: string[][] = []
      for (const servers of COUNTS) rows.push(await measured(context, data, servers))
      const heading = ['servers', 'all taken in after', 'half anchored after', 'all anchored after']
      console.log(tableOf([heading, ...rows]))
    } finally {
      await context.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
    await cluster.remove()
  }
}

async function measured(context: Context, data: string, count: number): Promise<string[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => startServing(data, PASSPHRASE)),
  )
  try {
    const template = { body: new Uint8Array(await readFile(join(ROOT, 'examples/template.json'))) }
    const since = performance.now()
    const spent = (): number => (performance.now() - since) / 1000
    const done = await Promise.all(
      Array.from({ length: BATCHES }, async (_, at) => {
        const rows = rowsOf(count * BATCHES + at)
        const upload = { rows, format: 'csv', template, by: 'bench' } as const
        const { batchId } = await context.batches.intake(upload)
        const taken = spent()
        await anchored(context, batchId)
        return { taken, anchored: spent() }
      }),
    )
    const ends = done.map((one) => one.anchored).sort((a, b) => a - b)
    const figures = [
      Math.max(...done.map(({ taken }) => taken)),
      ends[Math.ceil(BATCHES / 2) - 1] ?? 0,
      ends.at(-1) ?? 0,
    ]
    return [String(count), ...figures.map((one) => `${one.toFixed(1)} s`)]
  } finally {
    for (const server of servers) await server.stop()
  }
}

async function anchored(context: Context, batchId: string): Promise<void> {
  const signal = AbortSignal.timeout(MOST_MS)
  for await (const { state } of context.batches.watch(batchId, { signal, pollMs: 100 })) {
    if (state === 'anchored') return
  }
  throw new Error(`batch ${batchId} is not anchored after ${MOST_MS / 1000} s`)
}
