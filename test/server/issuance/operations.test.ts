/** Changes that wait for the chain, cut short at every place where a process may end. */
import { join } from 'node:path'
import { expect } from 'chai'
import type { Context, IssueReport } from '../../../server/context.ts'
import type { OwnIssuer } from '../../../server/issuer.ts'
import type { Operation } from '../../../server/storage/operations.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import { ROW } from './corrected-row.ts'
import { codeOf } from './uploads.ts'

describe('changes that wait for the chain', function () {
  this.timeout(120_000)
  let data: DataFolder
  let context: Context
  let issuer: OwnIssuer
  let report: IssueReport
  let store: Store

  before(async () => {
    data = await newDataFolder()
    context = await data.open()
    await context.deploy()
    report = await context.issue({ rows: EXAMPLE_ROWS, template: await exampleTemplate() })
    // Nobody serves: what is asked for waits until somebody works on it.
    issuer = context.as(data.init.issuer) as OwnIssuer
    store = openSqliteStore(join(data.folder, 'store.sqlite'))
  })
  after(async () => {
    await store.close()
    await data.remove()
  })

  const cidAt = (i: number): string => report.links[i]?.cid ?? ''
  const targetAt = (i: number) => ({ target: { cid: cidAt(i) }, by: 'k', idempotencyKey: `k${i}` })
  const stateAt = async (i: number): Promise<string> =>
    (await issuer.certificates.view({ cid: cidAt(i) })).status.state
  const correct = async (i: number): Promise<Operation> =>
    issuer.certificates.correct({ ...targetAt(i), template: await exampleTemplate(), row: ROW })

  /** As a server does that starts on what others left. */
  async function served(id: string): Promise<Operation> {
    const other = await data.open()
    await other.serve({ port: 0 })
    for (let i = 0; i < 300; i += 1) {
      const found = await issuer.certificates.operation(id)
      if (found.state !== 'queued') {
        await other.close()
        return found
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return expect.fail('the operation does not end')
  }

  it('outlive the process that was asked, and are done by the next one', async () => {
    const asked = await issuer.certificates.change({ kind: 'revoke', ...targetAt(0) })
    expect([asked.state, await stateAt(0)]).to.deep.equal(['queued', 'standing'])
    expect(await served(asked.id)).to.include({ state: 'done' })
    expect(await stateAt(0)).to.equal('revoked')
  })

  it('are done once where a process ended after the chain took them and before that was written', async () => {
    const asked = await issuer.certificates.change({ kind: 'suspend', ...targetAt(1) })
    const first = await issuer.carryOut(asked)
    expect(first).to.have.length(1)
    const end = await served(asked.id)
    expect(end.state).to.equal('done')
    const changes = (await store.statusChangesOf(report.batchId)).filter(
      ({ action }) => action === 'suspend',
    )
    expect(changes.map(({ transaction }) => transaction)).to.deep.equal(first)
  })

  it('correct a certificate only once its replacement stands: until then the old one does', async () => {
    const asked = await correct(2)
    const id = asked.replacement ?? ''
    expect(await store.findBatch({ id })).to.include({ state: 'drafted', size: 1 })
    expect((await correct(2)).id).to.equal(asked.id)
    expect(await stateAt(2)).to.equal('standing')
    // Another process anchors the replacement, and ends.
    await context.resume()
    expect(await store.findBatch({ id })).to.include({ state: 'anchored' })
    expect(await stateAt(2)).to.equal('standing')
    expect(await served(asked.id)).to.include({ state: 'done' })
    const view = await issuer.certificates.view({ cid: cidAt(2) })
    const [replacement] = await store.certificatesOf(id, 0, 1)
    expect([view.status.state, view.replacedBy]).to.deep.equal(['revoked', replacement?.cid])
    expect(view.queued).to.deep.equal([])
  })

  it('correct a certificate whose revocation was cut short, with the same replacement', async () => {
    const asked = await correct(3)
    await issuer.carryOut(asked)
    const [before] = await store.certificatesOf(asked.replacement ?? '', 0, 1)
    expect(await served(asked.id)).to.include({ state: 'done', replacement: asked.replacement })
    const view = await issuer.certificates.view({ cid: cidAt(3) })
    expect([view.status.state, view.replacedBy]).to.deep.equal(['revoked', before?.cid])
  })

  it('end as failed, and leave the old one standing, where the corrected row was never kept', async () => {
    const { index } = report.links[4] ?? { index: 0 }
    const operation = {
      id: 'interrupted',
      issuer: issuer.issuer,
      kind: 'correct',
      batchId: report.batchId,
      index,
      reason: 5,
      replacement: 'never-drafted',
      createdAt: Date.now(),
      createdBy: 'k',
      startAt: Date.now(),
    } as const
    await store.addOperation(operation)
    expect(await served('interrupted')).to.include({ state: 'failed', trouble: 'interrupted' })
    expect(await stateAt(4)).to.equal('standing')
    const again = await correct(4)
    expect(again.state).to.equal('queued')
    // Carried to its end: whatever stays in the queue is taken up by the servers of the tests below.
    expect(await served(again.id)).to.include({ state: 'done' })
  })

  it('are not acknowledged again where the row went with the process that was asked', async () => {
    const asked = await correct(5)
    await store.dropDraft(asked.replacement ?? '')
    expect(await codeOf(correct(5))).to.equal('in-progress')
    expect(await served(asked.id)).to.include({ state: 'failed', trouble: 'interrupted' })
  })

  it('leave nothing of a corrected row whose certificate is erased before it is sealed', async () => {
    const asked = await correct(6)
    const find = () => issuer.find({ externalId: 'A-2026-999', name: 'Corrigée' }, { limit: 9 })
    const before = await find()
    await issuer.erase({ cid: cidAt(6) })
    expect(await store.findBatch({ id: asked.replacement ?? '' })).to.equal(undefined)
    expect(await served(asked.id)).to.include({ state: 'failed', trouble: 'interrupted' })
    expect(await find()).to.deep.equal(before)
    expect(await codeOf(correct(6))).to.equal('erased')
  })

  it('hold no word of a learner', async () => {
    await correct(7)
    const all = await store.queuedOperationsOf(report.batchId)
    expect(all).to.have.length(1)
    expect(JSON.stringify(all)).not.to.match(/Corrig|Lefèvre|courriel/)
  })
})
