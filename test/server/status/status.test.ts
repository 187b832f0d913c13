/** Defends that `status` tells why a batch waits, by what whoever worked on it noted, and what a person should look at. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect } from 'chai'
import { join } from 'node:path'
import { RpcError } from '../../../node/rpc.ts'
import { readIdentity } from '../../../server/chain/network.ts'
import { readStatus } from '../../../server/status/status.ts'
import type { StatusParts } from '../../../server/status/status.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import { openAnvil } from '../chain/anvil.ts'
import type { Anvil } from '../chain/anvil.ts'
import { draft, lease, newBatch, NOW, sealed } from '../storage/fixtures.ts'

describe('the status of the service', function () {
  this.timeout(60_000)
  let anvil: Anvil
  let folder = ''
  let store: Store
  let parts: StatusParts

  before(async () => {
    anvil = await openAnvil()
  })
  after(() => anvil.close())
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-status-'))
    store = openSqliteStore(join(folder, 'store.sqlite'))
    const { rpc, issuer, anchorKey } = anvil
    const signers = [
      { issuer: issuer.address, name: 'anchor' as const, address: anchorKey.address },
    ]
    parts = {
      store,
      rpc,
      chain: await readIdentity(rpc),
      folder,
      home: 'here',
      signers,
      limits: { maxFeePerGas: 200_000_000_000n, anchorsLeft: 20 },
      documents: 'kubo',
      // Seconds on: the lease of the fixtures is over.
      now: () => NOW + 60_000,
    }
  })
  afterEach(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })

  async function waiting(until: number): Promise<void> {
    await store.openDraft(newBatch('one', { issuer: anvil.issuer.address }), { ...lease, until })
    await store.addDrafts('one', lease, [draft(2)])
    await store.finishDraft('one', lease, new Uint32Array([0]), '[]')
    await store.addSealed('one', lease, [sealed('one', 0)])
    await store.markSealed('one', lease, '0xone')
    await store.markStored('one', lease, 'bmanifest')
  }

  it('needs nobody where nothing waits, and says where documents are', async () => {
    const status = await readStatus(parts)
    expect(status).to.deep.include({ waiting: [], documents: 'kubo', needsAttention: false })
    expect((await readStatus({ ...parts, documents: 'disk' })).documents).to.equal('disk')
  })

  it('names the trouble that was noted, since when, and whether anybody works on the batch', async () => {
    await waiting(NOW + 90_000)
    const of = async (): Promise<unknown> => (await readStatus(parts)).waiting[0]
    const one = { batchId: 'one', state: 'stored', ageSeconds: 60 }
    expect(await of()).to.deep.equal({ ...one, why: 'being-worked-on', isWorkedOn: true })
    expect((await readStatus(parts)).needsAttention).to.equal(false)
    await store.noteTrouble('one', 'refused', NOW + 20_000)
    expect(await of()).to.deep.equal({
      ...one,
      why: 'refused',
      trouble: { code: 'refused', seconds: 40 },
      isWorkedOn: true,
    })
    expect((await readStatus(parts)).needsAttention).to.equal(true)
    await store.noteTrouble('one', undefined, NOW + 30_000)
    expect(await of()).to.deep.equal({ ...one, why: 'being-worked-on', isWorkedOn: true })
  })

  it('names what a resting batch met', async () => {
    await waiting(NOW + 1000)
    await store.saveTrouble('one', { code: 'block-missing', since: NOW + 50_000 }, NOW + 90_000)
    const status = await readStatus(parts)
    expect(status.waiting[0]).to.deep.include({
      why: 'in-trouble',
      trouble: { code: 'block-missing', seconds: 10 },
      isWorkedOn: true,
    })
    expect(status.needsAttention).to.equal(true)
  })

  it('lets a batch await its approval for as long as that takes', async () => {
    await store.openDraft(newBatch('one', { approvalFrom: 1 }), lease)
    await store.addDrafts('one', lease, [draft(2)])
    await store.finishDraft('one', lease, new Uint32Array([0]), '[]')
    const status = await readStatus(parts)
    expect(status.waiting[0]).to.include({ why: 'awaiting-approval', isWorkedOn: false })
    expect(status.needsAttention).to.equal(false)
  })

  it('wants somebody for a batch that nobody works on', async () => {
    await waiting(NOW + 1000)
    const status = await readStatus(parts)
    expect(status.waiting[0]).to.include({ why: 'not-worked-on', isWorkedOn: false })
    expect(status.needsAttention).to.equal(true)
  })

  it('sees a chain that is away before anybody noted it', async () => {
    await waiting(NOW + 90_000)
    const rpc = (): Promise<never> => Promise.reject(new RpcError(-32_603, 'away'))
    const status = await readStatus({ ...parts, rpc })
    expect(status.waiting[0]).to.include({ why: 'provider-down', isWorkedOn: true })
    expect(status).to.deep.include({
      chain: { isReachable: false, error: 'away' },
      needsAttention: true,
    })
  })

  it('calls a balance low by the alarm of the configuration, and fees high by the cap', async () => {
    const few = (await readStatus(parts)).keys[0]?.funds
    expect(few).to.include({ isLow: false, isFeeAboveCap: false })
    const limits = { ...parts.limits, anchorsLeft: Number(few?.anchorsLeft) + 1_000_000 }
    const low = await readStatus({ ...parts, limits })
    expect(low.keys[0]?.funds?.isLow).to.equal(true)
    expect(low.needsAttention).to.equal(true)
    const capped = await readStatus({ ...parts, limits: { ...parts.limits, maxFeePerGas: 1n } })
    expect(capped.keys[0]?.funds?.isFeeAboveCap).to.equal(true)
  })
})
