/** A data folder on either store whose processes are killed, and what must be so after the next one started. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import type { Context as MochaContext } from 'mocha'
import { rpcOf } from '../../../node/rpc.ts'
import type { Rpc } from '../../../node/rpc.ts'
import type { Context } from '../../../server/context.ts'
import type { Lender } from '../../../server/issuance/lender.ts'
import { engineFor } from '../../support/engines.ts'
import { patiently } from '../../support/patience.ts'
import { startCluster } from '../../support/postgresql.ts'
import { EXAMPLE_ROWS, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import type { Orders, Work } from './victim.ts'

export const LEASE_MS = 400
/** Invariant I10: so long after the fault everything is in order again, without a hand. */
const RECOVERY_MS = patiently(60_000)
const TEMPLATE = join(import.meta.dirname, '..', '..', '..', 'examples', 'template.json')
const VICTIM = new URL('victim.ts', import.meta.url).href

export type Engine = 'SQLite' | 'PostgreSQL'

export type Range = {
  readonly data: DataFolder
  /** The process that stays, and does after each kill what a start does. */
  readonly context: Context
  rows(sql: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

export function issuing(key: string, rows = EXAMPLE_ROWS): Work {
  return { act: 'issue', rows, template: TEMPLATE, key }
}

/** Makes what these keys send final soon, and no block beyond: a chain keeps the state of each of its blocks. */
function mining(rpc: Rpc, signers: readonly string[]): NodeJS.Timeout {
  let known = ''
  let left = 0
  return setInterval(() => {
    const counts = signers.map((one) => rpc('eth_getTransactionCount', [one, 'latest']))
    Promise.all(counts)
      .then(async (found) => {
        if (String(found) !== known) left = 3
        known = String(found)
        left -= 1
        if (left >= 0) await rpc('anvil_mine', ['0x2', '0x1'])
      })
      .catch(() => undefined)
  }, 150)
}

/** One chain for all kills: finality is waited for, and nothing here looks at its clock. */
export async function openRange(
  mocha: MochaContext,
  engine: Engine,
  lender?: Lender,
): Promise<Range> {
  const cluster =
    engine === 'PostgreSQL' ? await startCluster(engineFor(mocha, 'postgresql')) : undefined
  const data = await newDataFolder(
    cluster === undefined ? {} : { store: { kind: 'postgres', url: cluster.url() } },
  )
  const context = await data.open({
    passphrase: PASSPHRASE,
    leaseMs: LEASE_MS,
    ...(lender && { lender }),
  })
  await context.deploy()
  const miner = mining(rpcOf(context.rpcUrl), Object.values(data.init.operators))
  return {
    data,
    context,
    rows: async (sql) => {
      if (cluster !== undefined) return cluster.query(`SET search_path = inaltera; ${sql}`)
      const database = new DatabaseSync(join(data.folder, 'store.sqlite'), { readOnly: true })
      try {
        return database.prepare(sql).all()
      } finally {
        database.close()
      }
    },
    close: async () => {
      clearInterval(miner)
      await data.remove()
      await cluster?.remove()
    },
  }
}

export type Death = 'killed' | 'ended'

/** Runs orders in a process of its own; `afterMs` kills it so long after it began, if nothing did before. */
export async function runKilled(
  { data }: Pick<Range, 'data'>,
  orders: Pick<Orders, 'work' | 'kill' | 'isStuck' | 'lending'> & { readonly folder?: string },
  afterMs?: number,
): Promise<Death> {
  const whole: Orders = {
    folder: data.folder,
    passphrase: PASSPHRASE,
    leaseMs: LEASE_MS,
    ...orders,
  }
  const script = `import { runVictim } from ${JSON.stringify(VICTIM)}
    await runVictim(${JSON.stringify(whole)})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (afterMs !== undefined) {
    child.stdout.once('data', () => {
      setTimeout(() => child.kill('SIGKILL'), afterMs)
    })
  }
  child.stdout.resume()
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (signal === 'SIGKILL') return 'killed'
  expect(code, 'a victim that was not killed').to.equal(0)
  return 'ended'
}

/** What the next process does when it starts, until nothing is left to do; then everything must be sound. */
export async function recovered(context: Context): Promise<void> {
  const deadline = Date.now() + RECOVERY_MS
  await sleep(LEASE_MS + 50)
  for (;;) {
    const { failed } = await context.resume()
    const report = await context.fsck({ quick: true })
    if (failed.length === 0 && report.outcome === 'sound') return
    if (Date.now() > deadline) {
      expect(failed, 'batches that could not go on').to.deep.equal([])
      expect(report.findings, 'after a minute').to.deep.equal([])
    }
    await sleep(200)
  }
}
