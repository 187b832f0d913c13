/** Defends that `fsck` sees in Kubo what it sees on disk, pins too, and changes nothing there unless it is to heal. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import type { Context, FsckReport, IssueReport } from '../../../server/context.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import { useKuboLab } from '../ipfs/kubo-lab.ts'

const codesOf = ({ findings }: FsckReport): string[] => [
  ...new Set(findings.map(({ code }) => code)),
]

describe('fsck of documents in Kubo', function () {
  this.timeout(120_000)
  const lab = useKuboLab()
  let data: DataFolder
  let context: Context
  let issued: IssueReport
  let miner: NodeJS.Timeout | undefined

  beforeEach(async () => {
    data = await newDataFolder({ documents: { kind: 'kubo', url: lab.proxy.url } })
    context = await data.open({ passphrase: PASSPHRASE, leaseMs: 400 })
    await context.deploy()
    const rpc = rpcOf(context.rpcUrl)
    miner = setInterval(() => {
      rpc('anvil_mine', ['0x2', '0x1']).catch(() => undefined)
    }, 150)
    issued = await context.issue({ rows: EXAMPLE_ROWS, template: await exampleTemplate() })
    await context.resume()
  })
  afterEach(async () => {
    clearInterval(miner)
    await (data as DataFolder | undefined)?.remove()
  })

  it('names what is lost there, the same again without heal, and is sound after it', async () => {
    const sound = await context.fsck()
    expect(sound.findings).to.deep.equal([])
    expect(sound).to.deep.include({ outcome: 'sound', opened: 32 })
    expect((await context.status()).documents).to.equal('kubo')

    const [lost = ''] = issued.links.map(({ cid }) => cid)
    const cars = join(data.folder, 'cars')
    await lab.unpinAll()
    for (const name of await readdir(cars)) await rm(join(cars, name))
    const before = await lab.pins()
    for (let times = 0; times < 2; times += 1) {
      const report = await context.fsck()
      expect(codesOf(report)).to.have.members(['pin-missing', 'car-missing'])
      expect(report.opened).to.equal(32)
    }
    expect(await lab.pins()).to.deep.equal(before)
    expect(await readdir(cars)).to.deep.equal([])
    expect(await context.fsck({ heal: true })).to.include({ outcome: 'sound' })

    await rm(lab.pathOf(lost))
    for (let times = 0; times < 2; times += 1) {
      const report = await context.fsck()
      expect(codesOf(report)).to.deep.equal(['block-missing'])
      expect(report.opened).to.equal(31)
    }
    const healed = await context.fsck({ heal: true })
    expect(healed).to.deep.include({ outcome: 'sound', healed: [lost] })
    expect(await context.fsck()).to.include({ outcome: 'sound', opened: 32 })
  })

  it('leaves open what only Kubo could say that is away', async () => {
    lab.proxy.fail({ kind: 'reset' }, 'block/get')
    const report = await context.fsck()
    expect(report).to.include({ outcome: 'undetermined', opened: 0 })
    expect(codesOf(report)).to.deep.equal(['documents-unavailable'])
  })
})
