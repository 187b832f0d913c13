/** Defends that a change which only waits for another process is not given up for that. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { IssuingError } from '../../../server/issuance/errors.ts'
import { startWorker } from '../../../server/issuance/worker.ts'
import { logOf } from '../../../server/log.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { lease, newBatch, NOW } from '../storage/fixtures.ts'

const ISSUER = `0x${'b'.repeat(40)}`

describe('a change that waits for another process', () => {
  let folder: string
  let store: Store

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-worker-'))
    store = openSqliteStore(join(folder, 'store.sqlite'))
    await store.openDraft(newBatch('b'), lease)
  })
  after(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })

  it('has all its attempts when that one is done, however long it took', async () => {
    const what = {
      kind: 'revoke',
      batchId: 'b',
      index: 0,
      reason: 0,
      replacement: undefined,
    } as const
    const when = { createdAt: NOW, createdBy: 'k', startAt: NOW }
    await store.addOperation({ id: 'one', issuer: ISSUER, ...what, ...when })
    let at = NOW
    let tries = 0
    const worker = startWorker({
      store,
      issuers: [ISSUER],
      carryOut: () => {
        tries += 1
        if (tries <= 20) return Promise.reject(new IssuingError('in-progress', 'worked on'))
        if (tries === 21) return Promise.reject(new Error('met once'))
        return Promise.resolve(['0xabc'])
      },
      now: () => (at += 5000),
      leaseMs: 60_000,
      pollMs: 1,
      atOnce: 1,
      restMs: { first: 1, most: 1 },
      attempts: 10,
      log: logOf(() => undefined),
    })
    let found = await store.findOperation(ISSUER, 'one')
    for (let i = 0; found?.state === 'queued' && i < 1000; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      found = await store.findOperation(ISSUER, 'one')
    }
    await worker.stop()
    expect(found).to.deep.include({ state: 'done', attempts: 1, transactions: ['0xabc'] })
  })
})
