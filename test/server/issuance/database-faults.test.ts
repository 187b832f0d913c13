/**
 * E20 and E21 of `reference/security.md` 3.3: PostgreSQL killed, restarted and its connections ended while batches are
 * issued, and a connection cut after a COMMIT whose outcome nobody then knows. E22 (collisions, and that they are tried
 * again a bounded number of times) stands in `postgres-concurrency.test.ts`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import type { Context } from '../../../server/context.ts'
import { UnavailableError } from '../../../src/index.ts'
import { engineFor } from '../../support/engines.ts'
import { startCluster } from '../../support/postgresql.ts'
import type { Cluster } from '../../support/postgresql.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import { LEASE_MS, recovered } from './killing.ts'

const SOCKET = '.s.PGSQL.5432'
const LONG = process.env['INALTERA_LONG'] === '1'

/** A socket before the database's own, which can be told to cut a connection once a COMMIT has gone through. */
class Cutter {
  readonly folder: string
  readonly #server: Server
  readonly #open = new Set<Socket>()
  commits = 0
  /** The COMMIT, counted from 1, whose answer never comes back. */
  cutAt = 0

  constructor(folder: string, database: string) {
    this.folder = folder
    this.#server = createServer((client) => {
      const server = connect(join(database, SOCKET))
      for (const [one, other] of [
        [client, server],
        [server, client],
      ] as const) {
        this.#open.add(one)
        one.on('error', () => undefined)
        one.on('close', () => {
          this.#open.delete(one)
          other.destroy()
        })
      }
      let isCut = false
      client.on('data', (chunk: Buffer) => {
        server.write(chunk)
        if (!chunk.includes('COMMIT\0')) return
        this.commits += 1
        isCut ||= this.commits === this.cutAt
      })
      server.on('data', (chunk: Buffer) => {
        if (isCut) client.destroy()
        else client.write(chunk)
      })
    })
  }

  async listen(): Promise<void> {
    this.#server.listen(join(this.folder, SOCKET))
    await once(this.#server, 'listening')
  }

  close(): void {
    this.#server.close()
    for (const one of this.#open) one.destroy()
  }
}

describe('a database that fails while batches are issued', function () {
  this.timeout(180_000)
  let cluster: Cluster
  let cutter: Cutter
  let data: DataFolder
  let context: Context
  let template: Uint8Array
  let miner: NodeJS.Timeout | undefined

  before(async function () {
    cluster = await startCluster(engineFor(this, 'postgresql'))
    const folder = await mkdtemp(join(tmpdir(), 'inaltera-cut-'))
    const socketOf = new URL(cluster.url()).searchParams.get('host') ?? ''
    cutter = new Cutter(folder, socketOf)
    await cutter.listen()
    const url = cluster.url().replace(socketOf, folder)
    data = await newDataFolder({ store: { kind: 'postgres', url } })
    context = await data.open({ passphrase: PASSPHRASE, leaseMs: LEASE_MS })
    await context.deploy()
    template = await exampleTemplate()
    const rpc = rpcOf(context.rpcUrl)
    miner = setInterval(() => {
      rpc('anvil_mine', ['0x2', '0x1']).catch(() => undefined)
    }, 150)
  })
  after(async () => {
    clearInterval(miner)
    await (data as DataFolder | undefined)?.remove()
    const { folder } = (cutter as Cutter | undefined) ?? {}
    ;(cutter as Cutter | undefined)?.close()
    if (folder !== undefined) await rm(folder, { recursive: true })
    await (cluster as Cluster | undefined)?.remove()
  })

  const issue = (idempotencyKey: string): ReturnType<Context['issue']> =>
    context.issue({ rows: EXAMPLE_ROWS, template, idempotencyKey })

  /** Issues under a fault: it ends well, or as unavailable; asked again afterwards there is one batch, whole. */
  async function issuedOnce(key: string, fault: () => Promise<void>): Promise<void> {
    const [answer] = await Promise.all([issue(key).catch((error: unknown) => error), fault()])
    if (answer instanceof Error) expect(answer).to.be.instanceOf(UnavailableError)
    await recovered(context)
    const report = await issue(key)
    expect(report.links).to.have.length(32)
    if (!(answer instanceof Error)) expect(report).to.deep.equal(answer)
    const [count] = await cluster.query('SELECT count(*)::integer AS n FROM inaltera.batches')
    issued += 1
    expect(count).to.deep.equal({ n: issued })
  }
  let issued = 0

  for (const delay of [20, 120, 300, 600]) {
    it(`killed and started again after ${delay} ms`, async () => {
      await issuedOnce(`killed ${delay}`, async () => {
        await sleep(delay)
        await cluster.crash()
        await sleep(200)
        await cluster.start()
      })
    })
  }

  it('whose connections are ended again and again', async () => {
    await issuedOnce('terminated', async () => {
      for (let i = 0; i < 6; i += 1) {
        await sleep(60)
        await cluster.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'inaltera'`,
        )
      }
    })
  })

  it('is said to be unavailable quickly, and not waited for', async () => {
    await cluster.crash()
    const since = performance.now()
    const error = await issue('away').catch((e: unknown) => e)
    const took = performance.now() - since
    await cluster.start()
    expect(error).to.be.instanceOf(UnavailableError)
    expect(took).to.be.lessThan(15_000)
    expect((await context.fsck()).outcome).to.equal('sound')
  })

  it('whose answer to a COMMIT never comes, whichever COMMIT it is', async () => {
    cutter.commits = 0
    await issuedOnce('counted', () => Promise.resolve())
    const commits = 24
    const step = LONG ? 1 : 3
    for (let nth = 1; nth <= commits; nth += step) {
      cutter.commits = 0
      cutter.cutAt = nth
      await issuedOnce(`cut at ${nth}`, () => Promise.resolve())
      cutter.cutAt = 0
    }
  })
})
