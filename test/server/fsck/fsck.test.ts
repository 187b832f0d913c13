/** Defends that `fsck` calls nothing sound that is damaged, and names what is. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import type { Context, FsckReport, IssueReport } from '../../../server/context.ts'
import { anchorSlot } from '../../../src/index.ts'
import type { Address, BatchRoot } from '../../../src/index.ts'
import { copiedStore } from '../../support/copied.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import { blockFile, carFile, change, flip, flipFile, onFile } from './damage.ts'
import { DAMAGES } from './damages.ts'

const codesOf = ({ findings }: FsckReport): string[] => [
  ...new Set(findings.map(({ code }) => code)),
]

describe('fsck', function () {
  this.timeout(120_000)
  let data: DataFolder
  let context: Context
  let issued: IssueReport
  let miner: NodeJS.Timeout
  let folder = ''
  let cid = ''

  before(async () => {
    data = await newDataFolder()
    folder = data.folder
    context = await data.open({ passphrase: PASSPHRASE, leaseMs: 400 })
    await context.deploy()
    const rpc = rpcOf(context.rpcUrl)
    miner = setInterval(() => {
      rpc('anvil_mine', ['0x2', '0x1']).catch(() => undefined)
    }, 200)
    issued = await context.issue({ rows: EXAMPLE_ROWS, template: await exampleTemplate() })
    await context.resume()
    cid = issued.links[0]?.cid ?? ''
  })
  after(async () => {
    clearInterval(miner)
    await data.remove()
  })

  it('finds a whole folder sound, having opened every certificate', async () => {
    const report = await context.fsck()
    expect(report.findings).to.deep.equal([])
    expect(report).to.deep.include({ outcome: 'sound', opened: 32, erased: 0 })
    expect(report.checked).to.include({ batches: 1, certificates: 32, blocks: 33, anchors: 1 })
    expect(report.checked.nonces).to.be.greaterThan(2)
  })

  it('opens a part of them with quick', async () => {
    const report = await context.fsck({ quick: true })
    expect(report.outcome).to.equal('sound')
    expect(report.opened).to.equal(16)
  })

  it('passes nothing that it could not open without the passphrase', async () => {
    const locked = await data.open({})
    const report = await locked.fsck()
    await locked.close()
    expect(report).to.include({ outcome: 'undetermined', opened: 0 })
    expect(codesOf(report)).to.deep.equal(['locked'])
  })

  for (const [name, codes, damage] of DAMAGES) {
    it(`names ${name}`, async () => {
      const undo = damage(folder, cid)
      let report
      try {
        report = await context.fsck()
      } finally {
        undo()
      }
      expect(report.outcome).to.equal('unsound')
      expect(codesOf(report)).to.have.members(codes)
    })
  }

  it('calls no batch unfinished that rests before it is worked on again, or awaits approval', async () => {
    const asBefore = `UPDATE batches SET state = 'anchored', approval_from = NULL, created_at = created_at + 86400000`
    for (const [state, more] of [
      [
        'submitted',
        `INSERT INTO batch_progress (batch_id, trouble_code, trouble_since, retry_at)
        SELECT id, 'timeout', 0, ${Date.now() + 60_000} FROM batches`,
      ],
      ['drafted', 'UPDATE batches SET approval_from = 1'],
    ] as const) {
      const undo = change(
        folder,
        `UPDATE batches SET state = '${state}', created_at = created_at - 86400000; ${more}`,
        `${asBefore}; DELETE FROM batch_progress`,
      )
      const report = await context.fsck({ stuckAfterMs: state === 'drafted' ? 1 : 2 * 86_400_000 })
      undo()
      expect(report.findings).to.deep.equal([])
    }
  })

  it('names the certificate of a damaged row, and the batch', async () => {
    const index = onFile(folder, (db) =>
      Number(db.prepare('SELECT idx FROM certificates ORDER BY rowid LIMIT 1').get()?.['idx']),
    )
    const undo = flip(folder, 'certificates', 'commitment')
    const { findings } = await context.fsck()
    undo()
    expect(findings.map(({ subject }) => subject)).to.have.members([
      issued.batchId,
      `${issued.batchId}/${index}`,
    ])
  })

  it('names an anchor that the chain lost, and one that it has otherwise', async () => {
    const rpc = rpcOf(context.rpcUrl)
    const registry = context.home.split(':')[2]
    const slot = anchorSlot(issued.issuer as Address, issued.root as BatchRoot)
    const before = await rpc('eth_getStorageAt', [registry, slot, 'latest'])
    const set = (value: unknown): Promise<unknown> =>
      rpc('anvil_setStorageAt', [registry, slot, value])
    await set(`0x${'0'.repeat(64)}`)
    expect(codesOf(await context.fsck())).to.deep.equal(['anchor-missing'])
    await set(`0x${(BigInt(String(before)) + (1n << 200n)).toString(16).padStart(64, '0')}`)
    expect(codesOf(await context.fsck())).to.deep.equal(['anchor-differs'])
    await set(before)
    expect((await context.fsck()).outcome).to.equal('sound')
  })

  it('puts back blocks and CARs from the other copy with heal, and nothing without', async () => {
    flipFile(blockFile(folder, cid))
    rmSync(blockFile(folder, issued.links[1]?.cid ?? ''))
    expect((await context.fsck()).findings).to.have.length(2)
    expect((await context.fsck({ quick: true })).findings).to.have.length(2)
    const healed = await context.fsck({ heal: true })
    expect(healed.healed).to.have.members([cid, issued.links[1]?.cid])
    rmSync(carFile(folder))
    const again = await context.fsck({ heal: true })
    expect(again).to.include({ outcome: 'sound' })
    expect(again.healed).to.have.length(1)
    expect((await context.fsck()).findings).to.deep.equal([])
  })

  it('does not heal what was erased, and counts it', async () => {
    await context.erase({ cid: issued.links[2]?.cid ?? '' })
    const report = await context.fsck({ heal: true })
    expect(report).to.deep.include({ outcome: 'sound', erased: 1, opened: 31, healed: [] })
  })

  it('flags batches and nonces that a store put back from an old copy does not know', async () => {
    const store = join(folder, 'store.sqlite')
    onFile(folder, (db) => {
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    })
    const [old] = await copiedStore(folder)
    const lost = await context.issue({ rows: EXAMPLE_ROWS, template: await exampleTemplate() })
    await context.close()
    for (const one of ['-wal', '-shm']) rmSync(`${store}${one}`, { force: true })
    writeFileSync(store, old)
    context = await data.open({ passphrase: PASSPHRASE, leaseMs: 400 })
    const report = await context.fsck()
    expect(codesOf(report)).to.have.members(['anchor-unknown', 'nonce-unknown'])
    expect(report.findings.map(({ subject }) => subject)).to.include(lost.root)
    const lines: string[] = []
    const server = await data.open({ passphrase: PASSPHRASE, log: (line) => lines.push(line) })
    await server.serve({ port: 0 })
    for (let i = 0; i < 100 && !lines.join('').includes(lost.root); i += 1) await sleep(50)
    await server.close()
    expect(lines.join('')).to.include(lost.root)
    // What is issued then takes the next nonce of the chain, and anchors nothing twice.
    const next = await context.issue({ rows: EXAMPLE_ROWS, template: await exampleTemplate() })
    expect(next.root).not.to.equal(lost.root)
    expect(codesOf(await context.fsck())).to.have.members(['anchor-unknown', 'nonce-unknown'])
  })

  it('leaves open what only a chain could say that is away', async () => {
    clearInterval(miner)
    const rpc = rpcOf(context.rpcUrl)
    await rpc('anvil_setChainId', [1]).catch(() => undefined)
    const report = await context.fsck()
    await rpc('anvil_setChainId', [31337])
    expect(report.outcome).to.equal('undetermined')
    expect(codesOf(report)).to.deep.equal(['chain-unavailable'])
  })
})
