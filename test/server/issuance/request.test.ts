import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import { digestOf } from '../../../server/issuance/draft.ts'
import { fileSource } from '../../../server/rows/source.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

describe('what the store knows a request by', function () {
  this.timeout(60_000)
  let data: DataFolder
  before(async () => {
    data = await newDataFolder()
  })
  after(async () => {
    await data.remove()
  })

  function kept(): unknown[] {
    const database = new DatabaseSync(join(data.folder, 'store.sqlite'), { readOnly: true })
    try {
      const row = database.prepare('SELECT idempotency_key, request_digest FROM batches').get()
      return Object.values(row ?? {})
    } finally {
      database.close()
    }
  }

  it('is nothing that the rows can be guessed by, and goes with the first learner erased', async () => {
    const context = await data.open()
    await context.deploy()
    const template = await exampleTemplate()
    const rows = createHash('sha256')
      .update(await readFile(EXAMPLE_ROWS))
      .digest('hex')
    const request = { rows: EXAMPLE_ROWS, template, idempotencyKey: `of ${rows}` }
    const { links, batchId } = await context.issue(request)
    const unkeyed = [
      rows,
      `of ${rows}`,
      await digestOf({ ...request, rows: fileSource(EXAMPLE_ROWS) }),
    ].flatMap((text) => [text, createHash('sha256').update(text).digest('base64url')])
    expect(kept()).to.have.length(2)
    for (const one of kept()) expect(unkeyed).not.to.include(one)
    expect((await context.issue(request)).batchId).to.equal(batchId)
    await context.erase({ cid: links[0]?.cid ?? '' })
    expect(kept()).to.deep.equal([null, null])
  })
})
