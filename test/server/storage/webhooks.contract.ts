import { expect } from 'chai'
import type { Lease, Store } from '../../../server/storage/store.ts'
import type { EventType, NewEndpoint } from '../../../server/storage/webhooks.ts'
import { bytes, NOW } from './fixtures.ts'
import { anchoredBatch, ISSUER } from './outbox.contract.ts'
import type { OpenedStore } from './store.contract.ts'

const until = (owner: string, now = NOW): Lease => ({ owner, now, until: now + 1000 })

/** The promises of `WebhookStore`, run against every driver. */
export function describeWebhooks(
  name: string,
  open: () => Promise<OpenedStore>,
  close: () => Promise<void>,
): void {
  describe(`webhooks on ${name}`, () => {
    let store: Store
    let other: Store
    beforeEach(async () => {
      ;({ store, other } = await open())
    })
    afterEach(close)

    const endpoint = (id: string, events: EventType[], issuer = ISSUER): NewEndpoint => ({
      id,
      issuer,
      url: 'https://hooks.example.org/',
      events,
      sealedSecret: bytes(7),
      createdAt: NOW,
    })
    const typesFor = async (id: string): Promise<string[]> =>
      (await other.deliveriesOf(id, 99)).map(({ type }) => type).toReversed()

    it('queues what a change tells of with the change, once, for whoever wants it', async () => {
      const all: EventType[] = ['batch.anchored', 'certificate.revoked', 'certificate.erased']
      await store.addEndpoint(endpoint('e1', all))
      await store.addEndpoint(endpoint('e2', ['certificate.suspended', 'mail.refused']))
      await store.addEndpoint(endpoint('e3', all, `0x${'c'.repeat(40)}`))
      await anchoredBatch(store, 'b')
      const change = { batchId: 'b', indexes: [1], reason: 2, transaction: '0xt', at: NOW }
      await store.recordStatus({ ...change, action: 'revoke' })
      await store.recordStatus({ ...change, action: 'revoke' })
      await store.recordStatus({ ...change, action: 'suspend' })
      const tombstone = { cid: 'bb0', batchId: 'b', index: 0, reason: 0, erasedAt: NOW }
      await store.erase(tombstone)
      await store.erase(tombstone)
      expect((await typesFor('e1')).toSorted()).to.deep.equal(all.toSorted())
      expect(await typesFor('e2')).to.deep.equal(['certificate.suspended'])
      expect(await typesFor('e3')).to.deep.equal([])
      const revoked = (await other.deliveriesOf('e1', 9)).find((d) => d.type.endsWith('revoked'))
      expect(JSON.parse(revoked?.payload ?? '')).to.have.nested.property('data.transaction', '0xt')
    })

    it('tells of a share and a correction once, and not where the share is', async () => {
      const types: EventType[] = ['share.published', 'share.withdrawn', 'certificate.corrected']
      await store.addEndpoint(endpoint('e', types))
      await anchoredBatch(store, 'b')
      const place = { batchId: 'b', row: 2 }
      const share = { ...place, id: 'the-share', createdAt: NOW, expiresAt: undefined }
      const [certificate] = await store.certificatesOf('b', 0, 1)
      const ownerHash = certificate?.ownerHash ?? bytes(0)
      const limits = { standing: 1, ever: 1 }
      await store.addShare({ ...share, ownerHash, presentation: bytes(1) }, limits)
      await store.withdrawShare('the-share', NOW)
      await other.withdrawShare('the-share', NOW)
      await anchoredBatch(store, 'c')
      const by = { byBatchId: 'c', byRow: 2, at: NOW, envelope: undefined }
      await store.saveReplacement({ ...place, ...by })
      await store.saveReplacement({ ...place, ...by, envelope: bytes(2) })
      const told = await other.deliveriesOf('e', 9)
      expect(told.map(({ type }) => type).toSorted()).to.deep.equal(types.toSorted())
      for (const { payload } of told) {
        expect(payload).not.to.include('the-share')
        expect(JSON.parse(payload)).to.deep.nested.include({ 'data.batchId': 'b', 'data.index': 0 })
      }
    })

    it('tells of a letter that nobody took, by its codes', async () => {
      await store.addEndpoint(endpoint('e', ['mail.refused']))
      await anchoredBatch(store, 'b')
      await store.orderMail('b', undefined, NOW)
      const [mail] = await store.claimMail(until('w'), 1)
      const claim = { id: mail?.id ?? '', owner: 'w', attempts: 1 }
      await store.settleMail(claim, { state: 'refused', code: 550 }, NOW)
      const [told] = await other.deliveriesOf('e', 9)
      const { data } = JSON.parse(told?.payload ?? '{}') as { data: unknown }
      const { batchId, index, cid } = mail ?? {}
      expect(data).to.deep.equal({ batchId, index, cid, state: 'refused', code: 550 })
    })

    it('gives a delivery to one worker, whose word counts until another takes it up', async () => {
      await store.addEndpoint(endpoint('e', ['ping']))
      const event = { issuer: ISSUER, type: 'ping', key: 'k', at: NOW, data: {} } as const
      await store.publish(event)
      await other.publish(event)
      const both = await Promise.all([
        store.claimDeliveries(until('w1'), 5),
        other.claimDeliveries(until('w2'), 5),
      ])
      expect(both.flat()).to.have.length(1)
      expect(both.flat()[0]?.id).to.match(/^msg_[0-9a-f]{32}$/)
      const [again] = await other.claimDeliveries(until('w3', NOW + 1000), 5)
      const id = again?.id ?? ''
      const delivered = { state: 'delivered', code: 204 } as const
      for (const owner of ['w1', 'w2']) {
        const claim = { id, owner, attempts: 1 }
        expect(await store.settleDelivery(claim, delivered, NOW)).to.equal(false)
      }
      const failed = { state: 'queued', code: 500, nextAttemptAt: NOW + 5 } as const
      expect(await store.settleDelivery({ id, owner: 'w3', attempts: 2 }, failed, NOW)).to.equal(
        true,
      )
      expect(await other.findEndpoint('e')).to.include({ failingSince: NOW })
      expect(await store.redeliver('e', id, NOW)).to.equal(false)
      await store.claimDeliveries(until('w4', NOW + 5), 5)
      await store.settleDelivery({ id, owner: 'w4', attempts: 3 }, delivered, NOW + 5)
      expect(await other.findEndpoint('e')).to.include({ failingSince: undefined })
      expect(await store.redeliver('f', id, NOW)).to.equal(false)
      expect(await store.redeliver('e', id, NOW)).to.equal(true)
      expect(await store.claimDeliveries(until('w5'), 5)).to.have.length(1)
    })

    it('tells an endpoint that is disabled nothing, says so in the audit log, and forgets one removed', async () => {
      await store.addEndpoint(endpoint('e', ['ping']))
      const event = { issuer: ISSUER, type: 'ping', key: 'k', at: NOW, data: {} } as const
      await store.publishTo('e', event)
      expect(await store.setEndpointState('e', 'disabled', NOW)).to.equal(true)
      expect(await store.setEndpointState('e', 'disabled', NOW)).to.equal(false)
      await store.publish({ ...event, key: 'k2' })
      expect(await other.claimDeliveries(until('w'), 5)).to.deep.equal([])
      expect(await typesFor('e')).to.deep.equal(['ping'])
      const noted = await other.auditLog({ limit: 5 })
      expect(noted.map(({ at, action, subject }) => ({ at, action, subject }))).to.deep.equal([
        { at: NOW, action: 'webhook-disabled', subject: 'e' },
      ])
      expect(await store.setEndpointState('e', 'active', NOW)).to.equal(true)
      expect(await other.claimDeliveries(until('w'), 5)).to.have.length(1)
      expect(await store.removeEndpoint(`0x${'c'.repeat(40)}`, 'e')).to.equal(false)
      expect(await store.removeEndpoint(ISSUER, 'e')).to.equal(true)
      expect(await other.endpointsOf(ISSUER)).to.deep.equal([])
      expect(await typesFor('e')).to.deep.equal([])
    })
  })
}
