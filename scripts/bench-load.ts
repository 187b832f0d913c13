/**
 * A server under load: verifications over a thousand connections through providers that are far away, its memory after
 * many, and a learner's page. Server, chain and generator share the machine.
 */
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadDocument } from '../cli/document.ts'
import { wordsOf } from '../cli/texts.ts'
import { tell } from '../bench/page.ts'
import type { Section } from '../bench/sections.ts'
import { freePort } from '../server/chain/port.ts'
import { initData, openContext } from '../server/context.ts'
import { utf8 } from '../src/index.ts'
import { clientAt, flood, pour, requestOf } from './bench-lanes.ts'
import type { Figures } from './bench-lanes.ts'
import { farProviderOf } from './bench-provider.ts'
import type { FarProvider } from './bench-provider.ts'
import { startServing } from './serving.ts'

const LATENCY_MS = 200
const CONNECTIONS = 1000
const REQUESTS = 10_000
/** The memory after so many verifications, and after so many more. */
const MEMORY = { short: [20_000, 60_000], full: [20_000, 200_000] } as const
const PAGES_A_SECOND = 200
const PAGE_SECONDS = { short: 15, full: 60 } as const
const BATCHES = 3
const ROWS = 300
/** Of each batch, so many certificates are asked about. */
const ASKED = 30
/** Requests of one client, fewer than it may make in a minute. */
const OF_A_CLIENT = 100
/** Until a server that has nothing to do has returned what it can. */
const REST_MS = 5_000
const PASSPHRASE = 'of a bench that is thrown away'
const EXAMPLES = join(import.meta.dirname, '..', 'examples')

const HEADER =
  'N° stagiaire;Prénom;Nom;Date de naissance;Courriel;Date du jury;Épreuve pratique /20;QCM sécurité (%);Assiduité (%);Travail d’équipe'

type Bench = {
  readonly url: string
  readonly provider: FarProvider
  readonly documents: readonly Uint8Array[]
  /** Path of a learner's page. */
  readonly page: string
  readonly log: string
  /** Resident memory, and of it what the heap holds, in MiB. */
  memory(): Promise<readonly number[]>
}

/** Prints the tables. `isFull`: with as many requests as the goals name; some ten minutes instead of three. */
export async function benchLoad(isFull: boolean): Promise<void> {
  console.log(tell(await loadSection(isFull)))
}

export async function loadSection(isFull: boolean): Promise<Section> {
  const size = isFull ? 'full' : 'short'
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-bench-'))
  const data = join(folder, 'data')
  try {
    const { rpcUrl, documents, page } = await prepare(data, folder)
    const provider = await farProviderOf(rpcUrl, LATENCY_MS)
    const log = join(folder, 'log')
    const out = await open(log, 'w')
    const metrics = await configure(data, provider)
    const server = await startServing(data, PASSPHRASE, ['ignore', out.fd, out.fd])
    try {
      const memory = () => memoryAt(metrics)
      return await measure({ url: server.url, provider, documents, page, log, memory }, size)
    } finally {
      await server.stop()
      await provider.close()
      await out.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(bench: Bench, size: 'short' | 'full'): Promise<Section> {
  const { documents, url, page } = bench
  const body = (n: number): Uint8Array => documents[n % documents.length] ?? new Uint8Array()
  let asked = 0
  const rests: string[][] = []
  const rest = async (): Promise<void> => {
    await sleep(REST_MS)
    const sizes = (await bench.memory()).map((one) => `${one.toFixed(0)} MiB`)
    rests.push([asked.toLocaleString('en'), ...sizes])
  }
  const verify = async (requests: number): Promise<readonly string[]> => {
    const from = asked
    const calls = bench.provider.calls()
    asked += requests
    const figures = await flood(url, CONNECTIONS, requests, (n) => {
      const client = clientAt(Math.floor((from + n) / OF_A_CLIENT))
      return requestOf('POST', '/api/v1/verifications', client, body(n))
    })
    return rowOf('verifications', figures, bench.provider.calls() - calls)
  }
  const rows = [['', 'requests', 'errors', 'a second', 'p50', 'p99', 'provider calls', 'load']]
  await rest()
  rows.push([...(await verify(REQUESTS))])
  await rest()
  for (const most of MEMORY[size]) {
    rows.push([...(await verify(most - asked))])
    await rest()
  }
  const pages = await pour(url, PAGES_A_SECOND, PAGE_SECONDS[size], (n) =>
    requestOf('GET', page, clientAt(Math.floor((asked + n) / OF_A_CLIENT))),
  )
  rows.push(rowOf('a learner’s page', pages, 0))
  const text = `${CONNECTIONS.toLocaleString('en')} connections, ${documents.length} certificates of ${BATCHES} batches, three providers at ${LATENCY_MS} ms; server, chain, providers and generator on this machine.`
  const heading = ['after verifications', 'resident memory', 'heap', 'of it in use']
  const own = `A learner’s page, by the server’s own log: p99 ${await pageTime(bench.log)} ms.`
  return { name: 'load', parts: [text, rows, [heading, ...rests], own] }
}

function rowOf(name: string, figures: Figures, calls: number): string[] {
  const { requests, errors, seconds, p50, p99 } = figures
  const counts = [requests.toLocaleString('en'), String(errors), (requests / seconds).toFixed(0)]
  const times = [p50, p99].map((ms) => `${ms.toFixed(0)} ms`)
  return [name, ...counts, ...times, String(calls), loadavg()[0]?.toFixed(1) ?? '?']
}

/** Batches that are anchored and final, some of their certificates, and where their chain answers. */
async function prepare(data: string, folder: string) {
  await initData(data, { passphrase: PASSPHRASE, issuerName: 'Bench', scryptLogN: 10 })
  const context = await openContext(data, { passphrase: PASSPHRASE })
  try {
    await context.deploy()
    const { url } = await context.serve()
    const template = await readFile(join(EXAMPLES, 'template.json'))
    const documents: Uint8Array[] = []
    let page = ''
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const rows = join(folder, `${batch}.csv`)
      await writeFile(rows, rowsOf(batch))
      const { links } = await context.issue({ rows, template, linkBase: url })
      for (const { link } of links.slice(0, ASKED)) {
        documents.push(await loadDocument(link, wordsOf('en')))
        page = new URL(link).pathname
      }
    }
    return { documents, page, rpcUrl: context.rpcUrl }
  } finally {
    await context.close()
  }
}

function rowsOf(batch: number): Uint8Array {
  const lines = Array.from({ length: ROWS }, (_, n) => {
    const id = `${batch}-${n + 1}`
    return `${id};Zoé;L’Hôte;03/02/1999;${id}@courriel.example;12/06/2026;15,5;90 %;100 %;Acquis`
  })
  return utf8(`${[HEADER, ...lines].join('\n')}\n`)
}

/** Three providers of whom two must agree, clients that a proxy names, and metrics; gives their address. */
async function configure(data: string, { url }: FarProvider): Promise<string> {
  const policy = await jsonIn(join(data, 'policy.json'))
  const [chainId = ''] = Object.keys(policy['providers'] ?? {})
  const providers = { [chainId]: [1, 2, 3].map((n) => `${url}/?provider=${n}`) }
  const changed = { ...policy, providers, quorum: 2, level: 'proven' }
  await writeFile(join(data, 'policy.json'), JSON.stringify(changed))
  const config = await jsonIn(join(data, 'inaltera.json'))
  const port = await freePort()
  const server = { ...config['server'], trustProxy: 1, metrics: { port } }
  await writeFile(join(data, 'inaltera.json'), JSON.stringify({ ...config, server }))
  return `http://127.0.0.1:${port}/metrics`
}

async function jsonIn(path: string): Promise<Record<string, object>> {
  return JSON.parse(await readFile(path, 'utf8')) as Record<string, object>
}

async function memoryAt(metrics: string): Promise<readonly number[]> {
  const text = await (await fetch(metrics)).text()
  const names = ['process_resident_memory', 'nodejs_heap_size_total', 'nodejs_heap_size_used']
  return names.map((name) => {
    const bytes = new RegExp(`^inaltera_${name}_bytes (\\S+)`, 'm').exec(text)?.[1]
    if (bytes === undefined) throw new Error(`the metrics do not tell ${name}`)
    return Number(bytes) / 2 ** 20
  })
}

/** The hundredth from above of what the server took for the page. */
async function pageTime(log: string): Promise<number> {
  const lines = (await readFile(log, 'utf8')).split('\n').filter((line) => line.startsWith('{'))
  const times = lines
    .map((line) => JSON.parse(line) as { readonly route?: string; readonly ms?: number })
    .filter(({ route }) => route === '/c/:cid')
    .map(({ ms = 0 }) => ms)
    .sort((a, b) => a - b)
  if (times.length === 0) throw new Error('the log tells of no page')
  return times[Math.floor(times.length * 0.99)] ?? 0
}
