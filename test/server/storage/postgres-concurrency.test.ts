/** Several processes on one database: a pool stands for each. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { openPostgresStore } from '../../../server/storage/postgres.ts'
import { LeaseLostError } from '../../../server/storage/store.ts'
import type { Store, TransactionPlan } from '../../../server/storage/store.ts'
import { UnavailableError } from '../../../src/index.ts'
import { engineFor } from '../../support/engines.ts'
import { thrown } from '../../support/errors.ts'
import { startCluster } from '../../support/postgresql.ts'
import type { Cluster } from '../../support/postgresql.ts'
import { draft, lease, newBatch, NOW, sealed, signed } from './fixtures.ts'

const PROCESSES = 3
const TIMES = 12
/** What was acknowledged says something from here on. */
const SOME = 5
const TERMINATE = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'inaltera'`

describe('several processes on one PostgreSQL database', function () {
  this.timeout(60_000)
  let cluster: Cluster
  let stores: readonly [Store, ...Store[]]

  const openAll = (): Promise<Store[]> =>
    Promise.all(
      Array.from({ length: PROCESSES }, () =>
        openPostgresStore({ url: cluster.url(), member: 'm' }, 'folder'),
      ),
    )

  before(async function () {
    cluster = await startCluster(engineFor(this, 'postgresql'))
    const [first, ...more] = await openAll()
    if (first === undefined) throw new Error('no store')
    stores = [first, ...more]
  })
  after(async () => {
    for (const store of (stores as readonly Store[] | undefined) ?? []) await store.close()
    await (cluster as Cluster | undefined)?.remove()
  })

  /** Runs `work` `TIMES` times on every store, all at once. */
  function everywhere<T>(work: (store: Store, nth: number) => Promise<T>): Promise<T[]> {
    return Promise.all(
      stores.flatMap((store, i) =>
        Array.from({ length: TIMES }, (_, j) => work(store, i * TIMES + j)),
      ),
    )
  }

  const planOf = (signer: string, intent: string): TransactionPlan => ({
    chain: 'c',
    signer,
    intent,
    chainNonce: 4,
    now: NOW,
  })

  async function stored(store: Store, id: string): Promise<void> {
    await store.openDraft(newBatch(id), lease)
    await store.addDrafts(id, lease, [draft(2), draft(3)])
    await store.finishDraft(id, lease, new Uint32Array([1, 0]), '[]')
    await store.addSealed(id, lease, [sealed(id, 0), sealed(id, 1)])
    await store.markSealed(id, lease, `0x${id}`)
    await store.markStored(id, lease, 'bmanifest')
  }

  it('gives every nonce once, without a gap', async () => {
    const plans = await everywhere((store, nth) =>
      store.planTransaction(planOf('s', `intent ${nth}`), (nonce) => signed(nonce, 1n, `s${nth}-`)),
    )
    const nonces = plans.map(({ nonce }) => nonce).toSorted((a, b) => a - b)
    expect(nonces).to.deep.equal(Array.from({ length: PROCESSES * TIMES }, (_, i) => i + 4))
    for (const { nonce, signed: kept } of plans) expect(kept[0]?.raw).to.equal(signed(nonce).raw)
  })

  it('plans one intent once, whoever asks', async () => {
    const plans = await everywhere((store, nth) =>
      store.planTransaction(planOf('t', 'one'), (nonce) => signed(nonce, 1n, `t${nth}-`)),
    )
    for (const plan of plans) expect(plan).to.deep.equal(plans[0])
  })

  it('keeps every replacement that two make at once, in one order for all', async () => {
    const [store] = stores
    const plan = await store.planTransaction(planOf('u', 'one'), (n) => signed(n, 1n, 'u'))
    await everywhere((at, nth) => at.addReplacement(plan, signed(4, BigInt(nth + 2), 'u')))
    await everywhere((at, nth) => at.addReplacement(plan, signed(4, BigInt(nth + 2), 'u')))
    const [kept] = await store.pendingTransactions('c', 'u')
    expect(kept?.signed).to.have.length(PROCESSES * TIMES + 1)
    expect(kept?.signed[0]).to.deep.equal(plan.signed[0])
  })

  it('anchors twenty batches at once through one key, each once', async () => {
    const ids = Array.from({ length: 20 }, (_, i) => `many-${i}`)
    await Promise.all(ids.map((id, i) => stored(stores[i % PROCESSES] ?? stores[0], id)))
    const plans = await everywhere((store, nth) => {
      const id = ids[nth % ids.length] ?? ''
      const plan = { ...planOf('v', `anchor:${id}`), batch: { id, lease: lease.owner } }
      return store.planTransaction(plan, (nonce) => signed(nonce, 1n, `v${id}-`))
    })
    expect(new Set(plans.map(({ nonce }) => nonce)).size).to.equal(ids.length)
    expect(new Set(plans.map(({ intent, nonce }) => `${intent} ${nonce}`)).size).to.equal(
      ids.length,
    )
    for (const id of ids) {
      expect(await stores[0].findBatch({ id })).to.include({ state: 'submitted' })
    }
  })

  it('leases a batch to one of all who want it, and to the next only when the lease has run out', async () => {
    await stores[0].openDraft(newBatch('wanted'), { ...lease, until: NOW })
    let winner = ''
    for (const now of [NOW, NOW + 1000, NOW + 2000]) {
      const want = (nth: number) => ({ owner: `${now} ${nth}`, now, until: now + 1000 })
      const taken = await everywhere((store, nth) => store.claim('wanted', want(nth)))
      expect(taken.filter(Boolean)).to.have.length(1)
      const early = await everywhere((store, nth) =>
        store.claim('wanted', { ...want(nth), owner: 'early', now: now + 999 }),
      )
      expect(early.filter(Boolean)).to.have.length(0)
      const stale = thrown(
        stores[1]?.addDrafts('wanted', { ...lease, owner: winner }, [draft(2)]) ??
          Promise.resolve(),
      )
      expect(await stale).to.be.instanceOf(LeaseLostError)
      winner = want(taken.indexOf(true)).owner
      expect(await stores[0].claim('wanted', { owner: winner, now, until: now + 1000 })).to.equal(
        true,
      )
    }
  })

  it('opens one batch for one idempotency key', async () => {
    const idempotency = { key: 'k', digest: 'd' }
    const opened = await everywhere((store, nth) =>
      store.openDraft(newBatch(`same-${nth}`, { idempotency }), lease),
    )
    expect(new Set(opened.map(({ id }) => id)).size).to.equal(1)
    expect(opened.filter(({ isNew }) => isNew)).to.have.length(1)
  })

  it('erases while others write', async () => {
    await stored(stores[0], 'erased')
    const all = await Promise.all([
      stores[0].erase({ cid: 'berased0', batchId: 'erased', index: 0, reason: 0, erasedAt: NOW }),
      everywhere((store, nth) => store.openDraft(newBatch(`beside-${nth}`), lease)),
      everywhere((store) => store.audit({ at: NOW, action: 'a', subject: 's', actor: 'cli' })),
    ])
    expect(all[1].every(({ isNew }) => isNew)).to.equal(true)
    expect((await stores[0].findCertificate('berased0'))?.sealedLearner).to.equal(undefined)
    expect((await stores[0].findCertificate('berased1'))?.sealedLearner).to.be.instanceOf(
      Uint8Array,
    )
  })

  /** Plans and answers one after the other until the database is gone; what was acknowledged, by intent. */
  async function untilItBreaks(signer: string, acknowledged: Map<string, number>): Promise<void> {
    const workers = stores.map(async (store, i) => {
      for (let nth = 0; ; nth += 1) {
        const intent = `${i} ${nth}`
        const plan = store.planTransaction(planOf(signer, intent), (nonce) =>
          signed(nonce, 1n, `${signer}${intent}`),
        )
        acknowledged.set(intent, (await plan).nonce)
      }
    })
    for (const ended of await Promise.allSettled(workers)) {
      const reason: unknown = ended.status === 'rejected' ? ended.reason : undefined
      expect(reason).to.be.instanceOf(UnavailableError)
    }
  }

  /** However slow this machine is. */
  async function untilSome(acknowledged: ReadonlyMap<string, number>): Promise<void> {
    while (acknowledged.size <= SOME) await sleep(20)
  }

  async function expectKept(signer: string, acknowledged: Map<string, number>): Promise<void> {
    const kept = await stores[0].pendingTransactions('c', signer)
    const byIntent = new Map(kept.map(({ intent, nonce }) => [intent, nonce]))
    expect(acknowledged.size).to.be.greaterThan(SOME)
    for (const [intent, nonce] of acknowledged) expect(byIntent.get(intent), intent).to.equal(nonce)
    const nonces = kept.map(({ nonce }) => nonce)
    expect(nonces).to.deep.equal(nonces.map((_, i) => i + 4))
    for (const { signed: bytes } of kept) expect(bytes).to.have.length(1)
  }

  it('loses nothing that it acknowledged when its connections are killed', async () => {
    for (let round = 0; round < 3; round += 1) {
      const acknowledged = new Map<string, number>()
      const broken = untilItBreaks(`k${round}`, acknowledged)
      await cluster.query('SELECT pg_sleep(0.3)')
      await untilSome(acknowledged)
      const kill = setInterval(() => void cluster.query(TERMINATE), 20)
      await broken.finally(() => {
        clearInterval(kill)
      })
      await expectKept(`k${round}`, acknowledged)
    }
  })

  it('keeps all that it acknowledged when the server is stopped at once and started again', async () => {
    const acknowledged = new Map<string, number>()
    const broken = untilItBreaks('crash', acknowledged)
    await cluster.query('SELECT pg_sleep(0.5)')
    await untilSome(acknowledged)
    await cluster.crash()
    await broken
    expect(await thrown(stores[0].auditLog({ limit: 1 }))).to.be.instanceOf(UnavailableError)
    await cluster.start()
    await expectKept('crash', acknowledged)
  })
})
