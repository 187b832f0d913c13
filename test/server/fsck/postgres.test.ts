/** Defends that `fsck` sees on PostgreSQL what it sees on SQLite, and that it knows every issuer of a folder. */
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import { addIssuer } from '../../../server/context.ts'
import type { Context, FsckReport } from '../../../server/context.ts'
import { engineFor } from '../../support/engines.ts'
import { startCluster } from '../../support/postgresql.ts'
import type { Cluster } from '../../support/postgresql.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

const codesOf = ({ findings }: FsckReport): string[] => [
  ...new Set(findings.map(({ code }) => code)),
]

describe('fsck on PostgreSQL, of two issuers', function () {
  this.timeout(120_000)
  let cluster: Cluster
  let data: DataFolder
  let context: Context
  let miner: NodeJS.Timeout | undefined

  before(async function () {
    cluster = await startCluster(engineFor(this, 'postgresql'))
    data = await newDataFolder({ store: { kind: 'postgres', url: cluster.url() } })
    await addIssuer(data.folder, {
      name: 'Another',
      passphrase: PASSPHRASE,
      scryptLogN: 10,
    })
    context = await data.open({ passphrase: PASSPHRASE, leaseMs: 400 })
    await context.deploy()
    const rpc = rpcOf(context.rpcUrl)
    miner = setInterval(() => {
      rpc('anvil_mine', ['0x2', '0x1']).catch(() => undefined)
    }, 150)
    const template = await exampleTemplate()
    for (const account of context.accounts) {
      await context.as(account).issue({ rows: EXAMPLE_ROWS, template })
    }
    await context.resume()
  })
  after(async () => {
    clearInterval(miner)
    await (data as DataFolder | undefined)?.remove()
    await (cluster as Cluster | undefined)?.remove()
  })

  it('opens the certificates of both', async () => {
    const report = await context.fsck()
    expect(report.findings).to.deep.equal([])
    expect(report).to.include({ outcome: 'sound', opened: 64 })
    expect((await context.status()).keys).to.have.length(6)
  })

  const flip = (column: string): string => `set_byte(${column}, 20, get_byte(${column}, 20) # 1)`
  const first = `batch_id = (SELECT min(id) FROM batches)`
  /** Damage that is its own undoing: done twice it is gone. */
  const damages: readonly (readonly [name: string, sql: string, codes: readonly string[]])[] = [
    [
      'a commitment',
      `UPDATE certificates SET commitment = ${flip('commitment')} WHERE idx = 0 AND ${first}`,
      ['root-differs', 'certificate-differs'],
    ],
    [
      'server keys',
      `UPDATE erasable SET server_key = ${flip('server_key')} WHERE ${first}`,
      ['document-does-not-open'],
    ],
    [
      'learners',
      `UPDATE erasable SET sealed_learner = ${flip('sealed_learner')} WHERE ${first}`,
      ['record-damaged'],
    ],
    [
      'token hashes',
      `UPDATE erasable SET owner_hash = ${flip('owner_hash')} WHERE ${first}`,
      ['token-differs'],
    ],
    [
      'the time of an anchor',
      'UPDATE batches SET anchored_at = anchored_at # 1 WHERE id = (SELECT min(id) FROM batches)',
      ['anchor-differs'],
    ],
  ]
  for (const [name, sql, codes] of damages) {
    it(`names ${name}`, async () => {
      const damage = (): Promise<unknown> => cluster.query(`SET search_path = inaltera; ${sql}`)
      await damage()
      const report = await context.fsck()
      await damage()
      expect(report.outcome).to.equal('unsound')
      expect(codesOf(report)).to.have.members(codes)
    })
  }

  it('names a nonce that the store forgot', async () => {
    const rows = await cluster.query(
      `SET search_path = inaltera; DELETE FROM transactions WHERE nonce = 1; DELETE FROM nonces WHERE nonce = 1;
       SELECT count(*)::integer AS n FROM nonces WHERE nonce > 1`,
    )
    expect(Number(rows[0]?.['n'])).to.be.greaterThan(0)
    expect(codesOf(await context.fsck())).to.deep.equal(['nonce-unknown'])
  })
})
