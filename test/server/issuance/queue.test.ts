/** Defends the work behind the callers: shared, resting where something stands in its way, and let go of at once. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { lenderOf } from '../../../server/issuance/lender.ts'
import { BlockError } from '../../../server/ipfs/documents.ts'
import type { IssuingParts } from '../../../server/issuance/parts.ts'
import { startQueue } from '../../../server/issuance/queue.ts'
import type { Queue, QueueOptions } from '../../../server/issuance/queue.ts'
import { newKey } from '../../../server/keys/keystore.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import { logOf } from '../../../server/log.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { parseAddress, parseHome, UnavailableError } from '../../../src/index.ts'
import { patiently } from '../../support/patience.ts'
import { draft, lease, newBatch, NOW } from '../storage/fixtures.ts'

describe('the queue of batches', () => {
  const issuer = parseAddress(newBatch('').issuer, 'issuer')
  let store: Store
  let clock = NOW
  let folder = ''
  const queues: Queue[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-queue-'))
    store = openSqliteStore(join(folder, 'store.sqlite'))
    clock = NOW
  })
  afterEach(async () => {
    for (const queue of queues.splice(0)) await queue.stop()
    await store.close()
    await rm(folder, { recursive: true })
  })

  async function drafted(id: string): Promise<void> {
    await store.openDraft(newBatch(id), lease)
    await store.addDrafts(id, lease, [draft(2)])
    await store.finishDraft(id, lease, new Uint32Array([0]), '[]')
    await store.release(id, lease)
  }

  /** A queue whose work begins, and ends as `begin` says. */
  function queueOf(begin: () => Promise<IssuingParts>, more: Partial<QueueOptions> = {}): Queue {
    const queue = startQueue({
      store,
      issuers: [issuer],
      partsOf: begin,
      now: () => clock,
      leaseMs: 1000,
      atOnce: 2,
      pollMs: 5,
      restMs: { first: 100, most: 300 },
      log: logOf(() => undefined),
      ...more,
    })
    queues.push(queue)
    return queue
  }

  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    for (const since = performance.now(); !(await holds());) {
      expect(performance.now() - since).to.be.lessThan(patiently(1500))
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }

  it('works on several at once, and on no more than it may', async () => {
    for (const id of ['a', 'b', 'c']) await drafted(id)
    let begun = 0
    let release = (): void => undefined
    const held = new Promise<never>((_, reject) => {
      release = () => {
        reject(new UnavailableError('timeout', 'over'))
      }
    })
    queueOf(() => {
      begun += 1
      return held
    })
    await until(() => begun === 2)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(begun).to.equal(2)
    release()
    await until(() => begun === 3)
  })

  it('lets a batch rest longer each time, says since when, and forgets nothing of the others', async () => {
    await drafted('a')
    let begun = 0
    queueOf(() => {
      begun += 1
      return Promise.reject(new UnavailableError('unreachable', 'the chain is away'))
    })
    const trouble = async () => (await store.overviewOf(issuer, 'a'))?.trouble
    await until(async () => (await store.troublesOf('a')) === 1)
    expect(await trouble()).to.deep.equal({ code: 'unreachable', since: NOW })
    for (const [times, rest] of [100, 200, 300, 300].entries()) {
      clock += rest - 1
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(begun).to.equal(times + 1)
      clock += 1
      await until(async () => (await store.troublesOf('a')) === times + 2)
    }
    expect(await trouble()).to.deep.equal({ code: 'unreachable', since: NOW })
  })

  it('says of a fault that no waiting mends what it is, and tries again seldom', async () => {
    await drafted('a')
    queueOf(() => Promise.reject(new BlockError('damaged', 'bafk')))
    await until(async () => (await store.troublesOf('a')) === 1)
    expect((await store.overviewOf(issuer, 'a'))?.trouble?.code).to.equal('block-damaged')
    clock += 3_599_999
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await store.troublesOf('a')).to.equal(1)
  })

  it('quotes no message in what it writes down and logs', async () => {
    await drafted('a')
    const lines: string[] = []
    const log = logOf((line) => lines.push(line))
    queueOf(() => Promise.reject(new Error('of Jeanne Secret')), { log })
    await until(() => lines.length > 0)
    expect((await store.overviewOf(issuer, 'a'))?.trouble?.code).to.equal('unknown')
    expect(lines.join()).not.to.include('Secret')
  })

  it('lets go at once when it stops, and another takes over without a trouble', async () => {
    await drafted('a')
    const vault = vaultOf(newKey().secret)
    const home = parseHome(newBatch('').home, 'home')
    let isHeld = false
    const slow = {
      ...store,
      commitmentsOf: async (id: string) => {
        isHeld = true
        await new Promise((resolve) => setTimeout(resolve, 30))
        return store.commitmentsOf(id)
      },
    }
    const lender = lenderOf({ from: Infinity, count: 1 })
    const parts = { store: slow, vault, home, issuer, now: () => clock, leaseMs: 1000, lender }
    const first = queueOf(() => Promise.resolve(parts as unknown as IssuingParts))
    await until(() => isHeld)
    expect(await store.pickBatch([issuer], { ...lease, owner: 'other' })).to.equal(undefined)
    await first.stop()
    expect(await store.pickBatch([issuer], { ...lease, owner: 'other' })).to.equal('a')
    expect((await store.overviewOf(issuer, 'a'))?.trouble).to.equal(undefined)
  })
})
