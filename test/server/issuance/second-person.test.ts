/** Defends that what needs a second person needs one by every way that issues: a correction issues too. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Context, IssueReport } from '../../../server/context.ts'
import type { OwnIssuer } from '../../../server/issuer.ts'
import type { Operation } from '../../../server/storage/operations.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import { ROW } from './corrected-row.ts'
import { codeOf } from './uploads.ts'

describe('a correction where every batch needs a second person', function () {
  this.timeout(120_000)
  let data: DataFolder
  let context: Context
  let issuer: OwnIssuer
  let report: IssueReport

  before(async () => {
    data = await newDataFolder()
    const path = join(data.folder, 'inaltera.json')
    const config = Object(JSON.parse(await readFile(path, 'utf8'))) as Record<string, unknown>
    await writeFile(path, JSON.stringify({ ...config, approval: { from: 1 } }))
    context = await data.open()
    await context.deploy()
    report = await context.issue({ rows: EXAMPLE_ROWS, template: await exampleTemplate() })
    issuer = context.as(data.init.issuer) as OwnIssuer
    await context.serve({ port: 0 })
  })
  after(() => data.remove())

  const target = (i: number) => ({ cid: report.links[i]?.cid ?? '' })
  const correct = async (i: number): Promise<Operation> =>
    issuer.certificates.correct({
      target: target(i),
      by: 'key-1',
      idempotencyKey: `correct ${i}`,
      template: await exampleTemplate(),
      row: ROW,
    })
  async function ended(id: string): Promise<Operation> {
    for (let i = 0; i < 300; i += 1) {
      const found = await issuer.certificates.operation(id)
      if (found.state !== 'queued') return found
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return expect.fail('the operation does not end')
  }
  const stateAt = async (i: number): Promise<string> =>
    (await issuer.certificates.view(target(i))).status.state

  it('waits for one who is another than who asked, and holds up no other change meanwhile', async () => {
    const asked = await correct(0)
    const batchId = asked.replacement ?? ''
    const request = { target: target(1), by: 'key-1', idempotencyKey: 'revoke 1' }
    const revoked = await issuer.certificates.change({ kind: 'revoke', ...request })
    expect(await ended(revoked.id)).to.include({ state: 'done' })
    const { batches } = issuer
    expect(await batches.view(batchId)).to.include({
      state: 'awaiting-approval',
      createdBy: 'key-1',
    })
    expect(await codeOf(batches.approve(batchId, 'key-1'))).to.equal('same-person')
    expect(await stateAt(0)).to.equal('standing')
    await batches.approve(batchId, 'key-2')
    expect(await ended(asked.id)).to.include({ state: 'done' })
    expect(await stateAt(0)).to.equal('revoked')
  })

  it('comes to nothing where that one rejects it, and may be asked for again', async () => {
    const asked = await correct(2)
    await issuer.batches.reject(asked.replacement ?? '', 'key-2')
    expect(await ended(asked.id)).to.include({ state: 'failed', trouble: 'interrupted' })
    expect(await stateAt(2)).to.equal('standing')
  })
})
