/**
 * Issues so many rows in a process that serves, from a CSV file to links, and prints what that took: `issuing.ts <rows>`.
 * Everything is real and on this disk: store, sealed documents, CAR, the embedded chain. Credentials have just under 3 kB
 * and six claims that can be hidden.
 */
import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { linksCsv } from '../node/links-csv.ts'
import { initData, openContext } from '../server/context.ts'
import type { Answers } from './probe.ts'
import { primitivesOf } from './primitives.ts'
import { sampleTemplateFile } from './sample.ts'

export type Stage = { readonly step: string; readonly ms: number; readonly cpuMs: number }

/** What it prints, as a line of JSON. */
export type Issuing = {
  readonly size: number
  /** From the call to the last link in a file. */
  readonly ms: number
  readonly stages: readonly Stage[]
  /** The most that the process held, all its threads with it; before that, with chain and server up, but nothing issued. */
  readonly rssMiB: number
  readonly idleMiB: number
  /** Each certificate's part of what is on disk, bytes: of the CAR, and of the store. */
  readonly sealedBytes: number
  readonly storeBytes: number
  /** Of the transaction that anchors the batch, as it is signed and sent. */
  readonly anchorBytes: number
  /** Of `/health`, asked by another process meanwhile. */
  readonly health: Answers
  /** Plain loops over the primitives, on the same machine right after: microseconds each. */
  readonly primitives: Readonly<Record<string, number>>
}

const ROWS_FILE = join(import.meta.dirname, 'rows-file.ts')
const NEWLINE = 0x0a
const PASSPHRASE = 'of a bench that is thrown away'

async function issuing(size: number): Promise<Issuing> {
  const folder = await mkdtemp(join(tmpdir(), 'inaltera-bench-'))
  const data = join(folder, 'data')
  const rows = join(folder, 'rows.csv')
  try {
    // What was left of it would count as the service's memory.
    await promisify(execFile)(process.execPath, [ROWS_FILE, String(size), rows])
    await initData(data, { passphrase: PASSPHRASE, issuerName: 'Bench', scryptLogN: 10 })
    const context = await openContext(data, { passphrase: PASSPHRASE })
    try {
      await context.deploy()
      const { url } = await context.serve()
      const idleMiB = process.resourceUsage().maxRSS / 1024
      const probe = fork(join(import.meta.dirname, 'probe.ts'), [url])
      const stages = stopwatch()
      const since = performance.now()
      const { linkPages } = await context.issueBatch({
        rows,
        template: sampleTemplateFile(),
        allowIncomplete: true,
        linkBase: url,
        onProgress: ({ step }) => {
          stages.lap(step)
        },
      })
      const exported = createWriteStream(join(folder, 'links.csv'))
      await pipeline(Readable.from(linksCsv(linkPages)), exported)
      stages.lap('links')
      const ms = performance.now() - since
      const links = await linesIn(join(folder, 'links.csv'))
      if (links !== size + 1) throw new Error(`${links - 1} links, not ${size}`)
      const rssMiB = process.resourceUsage().maxRSS / 1024
      probe.send('end')
      const health = parseAnswers(await once(probe, 'message'))
      const sealedBytes = (await bytesIn(join(data, 'cars'))) / size
      const storeBytes = (await bytesIn(data, 'store.sqlite')) / size
      const anchorBytes = anchorBytesIn(join(data, 'store.sqlite'))
      const primitives = primitivesOf(folder, sealedBytes)
      const times = { size, ms, stages: stages.all(), rssMiB, idleMiB }
      const disk = { sealedBytes, storeBytes, anchorBytes }
      return { ...times, ...disk, health, primitives }
    } finally {
      await context.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The time since the lap before is the step's: steps may alternate. */
function stopwatch(): { lap(step: string): void; all(): Stage[] } {
  const stages = new Map<string, { ms: number; cpuMs: number }>()
  let [since, cpu] = [performance.now(), process.cpuUsage()]
  return {
    lap: (step) => {
      const { user, system } = process.cpuUsage(cpu)
      const stage = stages.get(step) ?? { ms: 0, cpuMs: 0 }
      stage.ms += performance.now() - since
      stage.cpuMs += (user + system) / 1000
      stages.set(step, stage)
      since = performance.now()
      cpu = process.cpuUsage()
    },
    all: () => [...stages].map(([step, stage]) => ({ step, ...stage })),
  }
}

async function linesIn(path: string): Promise<number> {
  let count = 0
  for await (const chunk of createReadStream(path)) {
    for (const byte of chunk as Uint8Array) if (byte === NEWLINE) count += 1
  }
  return count
}

/** Of all files in the folder whose names begin so. */
async function bytesIn(folder: string, prefix = ''): Promise<number> {
  const names = await readdir(folder, { recursive: true })
  const sizes = names
    .filter((name) => name.startsWith(prefix))
    .map(async (name) => {
      const found = await stat(join(folder, name))
      return found.isFile() ? found.size : 0
    })
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0)
}

function anchorBytesIn(store: string): number {
  const db = new DatabaseSync(store, { readOnly: true })
  const sql = `SELECT max(length(raw)) AS digits FROM transactions JOIN nonces USING (chain, signer, nonce)
    WHERE intent LIKE 'anchor:%'`
  const digits = Number(db.prepare(sql).get()?.['digits'])
  db.close()
  return (digits - 2) / 2
}

/** The message of our own probe, as an event has it. */
function parseAnswers(event: readonly unknown[]): Answers {
  return event[0] as Answers
}

const issued = await issuing(Number(process.argv[2]))
process.stdout.write(`${JSON.stringify(issued)}\n`, () => process.exit(0))
