/** Defends what stays after a new master key: earlier batches are read, found, and issued once, and each key comes back. */
import { rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { recoverMasterKey, rotateMaster } from '../../../server/context.ts'
import type { Context, IssueReport, RotateReport } from '../../../server/context.ts'
import { thrown } from '../../support/errors.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

describe('a new master key', function () {
  this.timeout(120_000)
  let data: DataFolder
  let context: Context
  let earlier: IssueReport
  let later: IssueReport
  let rotated: RotateReport
  const options = { passphrase: PASSPHRASE, scryptLogN: 10 }

  before(async () => {
    data = await newDataFolder()
    context = await data.open()
    await context.deploy()
    earlier = await issue('first')
    await context.close()
    // What a crash left before the configuration named it.
    await writeFile(join(data.folder, 'keys/master-2.json'), 'half', { mode: 0o600 })
    rotated = await rotateMaster(data.folder, options)
    context = await data.open()
  })
  after(() => data.remove())

  async function issue(idempotencyKey: string): Promise<IssueReport> {
    const template = await exampleTemplate()
    return context.issue({ rows: EXAMPLE_ROWS, template, idempotencyKey })
  }

  it('is a second file with a recovery file of its own, for its owner alone', async () => {
    expect(rotated.version).to.equal(2)
    for (const name of ['master', 'master-2', 'master-recovery', 'master-recovery-2']) {
      expect((await stat(join(data.folder, 'keys', `${name}.json`))).mode & 0o777).to.equal(0o600)
    }
    const wrong = { ...options, passphrase: 'another passphrase' }
    expect(await thrown(rotateMaster(data.folder, wrong))).to.include({ code: 'wrong-passphrase' })
  })

  it('leaves earlier batches as they are, and takes a request of theirs for the same', async () => {
    expect(await context.linksOf(earlier.batchId)).to.deep.equal(earlier)
    expect(await issue('first')).to.deep.equal(earlier)
    later = await issue('second')
    expect(later.root).not.to.equal(earlier.root)
  })

  it('finds learners of both, newest first, page by page', async () => {
    const { name = '', email = '' } = earlier.links[0]?.learner ?? {}
    const cids = [later.links[0]?.cid, earlier.links[0]?.cid]
    const all = await context.find({ name: name.toUpperCase() }, { limit: 9 })
    expect(all.map(({ cid }) => cid)).to.deep.equal(cids)
    const [one] = await context.find({ email }, { limit: 1 })
    expect(one?.learner.name).to.equal(name)
    const next = await context.find({ email }, { after: one, limit: 9 })
    expect(next.map(({ cid }) => cid)).to.deep.equal(cids.slice(1))
    expect(await context.find({ name: 'zoe lhote nobody' }, { limit: 9 })).to.deep.equal([])
    expect(await context.find({}, { limit: 9 })).to.deep.equal([])
  })

  it('goes on working where the one before was destroyed, whose batches are closed and no others', async () => {
    await context.close()
    const path = join(data.folder, 'keys', 'master.json')
    await rename(path, `${path}.away`)
    context = await data.open()
    const { email = '' } = earlier.links[0]?.learner ?? {}
    const found = await context.find({ email }, { limit: 9 })
    expect(found.map(({ cid }) => cid)).to.deep.equal([later.links[0]?.cid])
    expect(await issue('second')).to.deep.equal(later)
    expect((await issue('third')).links).to.have.length(later.links.length)
    expect(await thrown(context.linksOf(earlier.batchId))).to.include({ code: 'missing' })
    await rename(`${path}.away`, path)
  })

  it('comes back from its recovery file, and so does the one before', async () => {
    await context.close()
    const codes = [
      ['master', 'master-recovery', data.init.recoveryCode],
      ['master-2', 'master-recovery-2', rotated.recoveryCode],
    ] as const
    for (const [name, recovery, recoveryCode] of codes) {
      await rm(join(data.folder, 'keys', `${name}.json`))
      const recoveryFile = join(data.folder, 'keys', `${recovery}.json`)
      await recoverMasterKey(data.folder, { ...options, recoveryFile, recoveryCode })
    }
    context = await data.open()
    expect(await context.linksOf(earlier.batchId)).to.deep.equal(earlier)
    expect(await context.linksOf(later.batchId)).to.deep.equal(later)
  })
})
