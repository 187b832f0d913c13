import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import type { Context } from '../../../server/context.ts'
import { engineFor } from '../../support/engines.ts'
import { startCluster } from '../../support/postgresql.ts'
import type { Cluster } from '../../support/postgresql.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

const contextModule = new URL('../../../server/context.ts', import.meta.url).href
const templateFile = join(import.meta.dirname, '..', '..', '..', 'examples', 'template.json')
const LEASE_MS = 400

/** Where the process is killed: before or after the n-th thing of a kind that it does. */
const POINTS = [
  ['after a part of the rows is read', `p.step === 'read'`],
  ['after the certificates are sealed', `p.step === 'seal' && p.done === p.total`],
  ['while the CAR is written', `p.step === 'store' && p.done === 0`],
  ['after the batch is stored', `p.step === 'prove' && p.done === p.total`],
  ['after the transaction is kept, before it is sent', 'before-send'],
  ['after it is sent, before the answer is recorded', 'after-send'],
  ['while it waits to be final', `p.step === 'final' && p.done === 0`],
  ['when it is final', `p.step === 'final' && p.done === 1`],
] as const

/** All of them on PostgreSQL too in a long run; else those around which most is written at once. */
function pointsOn(engine: string): readonly (typeof POINTS)[number][] {
  const isAll = engine === 'SQLite' || process.env['INALTERA_LONG'] === '1'
  return isAll ? POINTS : [POINTS[1], POINTS[4], POINTS[7]]
}

for (const engine of ['SQLite', 'PostgreSQL'] as const) {
  describe(`a process killed while it issues, on ${engine}`, function () {
    this.timeout(180_000)
    let cluster: Cluster | undefined
    let data: DataFolder
    let context: Context
    let miner: NodeJS.Timeout | undefined
    before(async function () {
      if (engine === 'PostgreSQL') cluster = await startCluster(engineFor(this, 'postgresql'))
      data = await newDataFolder(
        cluster === undefined ? {} : { store: { kind: 'postgres', url: cluster.url() } },
      )
      context = await data.open({ passphrase: PASSPHRASE, leaseMs: LEASE_MS })
      await context.deploy()
      const rpc = rpcOf(context.rpcUrl)
      // Finality comes sooner where blocks come faster; nothing here looks at the clock of the chain.
      miner = setInterval(() => {
        rpc('anvil_mine', ['0x2', '0x1']).catch(() => undefined)
      }, 200)
    })
    after(async () => {
      clearInterval(miner)
      // Unset where the engine is missing and everything here was skipped.
      await (data as DataFolder | undefined)?.remove()
      await cluster?.remove()
    })

    /** Issues in a process of its own, which kills itself with SIGKILL at the point. */
    async function killedAt(point: string, idempotencyKey: string): Promise<void> {
      const isSend = point === 'before-send' || point === 'after-send'
      const script = `
      import { readFile } from 'node:fs/promises'
      import { openContext } from ${JSON.stringify(contextModule)}
      const die = () => process.kill(process.pid, 'SIGKILL')
      const real = globalThis.fetch
      globalThis.fetch = async (url, init) => {
        const isSend = String(init?.body).includes('eth_sendRawTransaction')
        if (isSend && ${JSON.stringify(point)} === 'before-send') die()
        const answer = await real(url, init)
        if (isSend && ${JSON.stringify(point)} === 'after-send') die()
        return answer
      }
      const context = await openContext(${JSON.stringify(data.folder)}, {
        passphrase: ${JSON.stringify(PASSPHRASE)}, leaseMs: ${LEASE_MS} })
      await context.issue({
        rows: ${JSON.stringify(EXAMPLE_ROWS)},
        template: new Uint8Array(await readFile(${JSON.stringify(templateFile)})),
        idempotencyKey: ${JSON.stringify(idempotencyKey)},
        onProgress: (p) => { if (${isSend ? 'false' : point}) die() },
      })
    `
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
      expect(signal).to.equal('SIGKILL')
      await sleep(LEASE_MS + 100)
    }

    async function rows(sql: string): Promise<Record<string, unknown>[]> {
      if (cluster !== undefined) return cluster.query(`SET search_path = inaltera; ${sql}`)
      const database = new DatabaseSync(join(data.folder, 'store.sqlite'), { readOnly: true })
      try {
        return database.prepare(sql).all()
      } finally {
        database.close()
      }
    }

    /** Every batch has exactly one anchor on the chain, every nonce of ours was used, and none is waiting. */
    async function checkWhole(): Promise<void> {
      const rpc = rpcOf(context.rpcUrl)
      const batches = await rows('SELECT id, state, root FROM batches')
      expect(batches.map(({ state }) => state)).to.deep.equal(batches.map(() => 'anchored'))
      const filter = { address: context.home.split(':')[2], fromBlock: '0x0' }
      const logs: unknown = await rpc('eth_getLogs', [filter])
      const text = JSON.stringify(logs)
      for (const { root } of batches) {
        expect(text.split(String(root)).length - 1).to.equal(1)
      }
      const nonces = await rows(
        `SELECT nonce FROM nonces WHERE signer = '${data.init.operators.anchor}' ORDER BY nonce`,
      )
      const used = Number(
        await rpc('eth_getTransactionCount', [data.init.operators.anchor, 'latest']),
      )
      expect(nonces.map(({ nonce }) => Number(nonce))).to.deep.equal([...Array(used).keys()])
      expect(await rows(`SELECT * FROM nonces WHERE state = 'pending'`)).to.deep.equal([])
    }

    for (const [name, point] of pointsOn(engine)) {
      it(`${name}: the next process finishes the batch, once`, async () => {
        const before = (await rows('SELECT id FROM batches')).length
        await killedAt(point, name)
        const report = await context.resume()
        expect(report.failed).to.deep.equal([])
        const template = await exampleTemplate()
        const issued = await context.issue({ rows: EXAMPLE_ROWS, template, idempotencyKey: name })
        expect(issued.links).to.have.length(32)
        expect(await rows('SELECT id FROM batches')).to.have.length(before + 1)
        await context.resume()
        await checkWhole()
      })
    }
  })
}
