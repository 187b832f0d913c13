/** Defends the way that OPERATING describes for a store on PostgreSQL, with its own tools: nothing erased since comes back. */
import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { backUp, openContext, restore } from '../../../server/context.ts'
import type { Context, IssueReport } from '../../../server/context.ts'
import { engineFor } from '../../support/engines.ts'
import { anyFileHolds, startCluster } from '../../support/postgresql.ts'
import type { Cluster } from '../../support/postgresql.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

describe('a backup with the store on PostgreSQL', function () {
  this.timeout(120_000)
  let cluster: Cluster
  let data: DataFolder
  let elsewhere = ''
  let issued: IssueReport
  let back: Context
  /** Server keys: of what is erased, of what is replaced, and of a neighbour. */
  const keys: Buffer[] = []
  let dump: (program: 'pg_dump' | 'pg_restore', ...args: string[]) => Promise<unknown>
  const at = (name: string): string => join(elsewhere, name)

  before(async function () {
    const initdb = engineFor(this, 'postgresql')
    const programs = dirname(await realpath(initdb))
    dump = (program, ...args) => promisify(execFile)(join(programs, program), args)
    elsewhere = await mkdtemp(join(tmpdir(), 'inaltera-backup-'))
    cluster = await startCluster(initdb)
    data = await newDataFolder({ store: { kind: 'postgres', url: cluster.url() } })
    const context = await data.open()
    await context.deploy()
    issued = await context.issue({ rows: EXAMPLE_ROWS, template: await exampleTemplate() })
    for (const place of [3, 4, 5]) {
      const [row] = await cluster.query(
        `SELECT server_key FROM inaltera.erasable JOIN inaltera.certificates USING (batch_id, "row")
           WHERE cid = '${issued.links[place]?.cid ?? ''}'`,
      )
      keys.push(Buffer.from(row?.['server_key'] as Uint8Array))
    }
    await dump('pg_dump', '-Fc', '-n', 'inaltera', '-f', at('dump'), cluster.url())
    expect(await backUp(data.folder, at('copy'))).to.include({ hasStore: false })
    await context.erase({ cid: issued.links[3]?.cid ?? '', reason: 'holder-request' })
    await context.reseal({ cid: issued.links[4]?.cid ?? '' })
    await context.close()
  })
  after(async () => {
    // Unset where the engine is missing and everything here was skipped.
    await (back as Context | undefined)?.close()
    await (data as DataFolder | undefined)?.remove()
    await (cluster as Cluster | undefined)?.remove()
    if (elsewhere !== '') await rm(elsewhere, { recursive: true })
  })

  it('is put back into an empty database, and erased again before anybody can ask', async () => {
    await cluster.query('CREATE DATABASE again')
    await dump('pg_restore', '-d', cluster.url('again'), at('dump'))
    const count = 'SELECT count(*)::integer AS rows FROM inaltera.erasable'
    expect(await cluster.query(count, 'again')).to.deep.equal([{ rows: 32 }])
    const journal = join(data.folder, 'erasures.journal')
    expect(await restore(at('copy'), at('new'), { journal })).to.include({ erasures: 1 })
    const path = at('new/inaltera.json')
    const config = await readFile(path, 'utf8')
    const moved = config.replace(cluster.url(), cluster.url('again'))
    expect(moved).not.to.equal(config)
    await writeFile(path, moved)
    await copyFile(join(data.folder, 'chain/state.json'), at('new/chain/state.json'))
    back = await openContext(at('new'), { passphrase: PASSPHRASE })
    expect(await cluster.query(count, 'again')).to.deep.equal([{ rows: 31 }])
    const { links } = await back.linksOf(issued.batchId)
    const rest = issued.links.filter((_, place) => place !== 3 && place !== 4)
    expect(links).to.include.deep.members(rest)
    expect(links).to.have.length(31)
    expect(links.map(({ cid }) => cid)).not.to.include(issued.links[4]?.cid)
    expect((await back.fsck()).findings).to.deep.equal([])
  })

  it('has no server key of what was erased or replaced in the files of either database', async () => {
    await cluster.query('CHECKPOINT', 'again')
    const base = join(cluster.data, 'base')
    const [erased, replaced, kept] = keys
    if (!erased || !replaced || !kept) expect.fail('no keys')
    expect(await anyFileHolds(base, kept)).to.equal(true)
    expect(await anyFileHolds(base, erased, replaced)).to.equal(false)
  })
})
