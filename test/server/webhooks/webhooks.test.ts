/** Defends webhooks: signed as the standard says, told until it is heard, and never led inside a network. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { WEBHOOK_PAUSES } from '../../../server/issuance/backoff.ts'
import { vaultOf } from '../../../server/keys/vault.ts'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import type { Store } from '../../../server/storage/store.ts'
import {
  createWebhook,
  listWebhooks,
  pingWebhook,
  redeliver,
  removeWebhook,
  webhookDeliveries,
  webhookStep,
} from '../../../server/webhooks/service.ts'
import type { WebhookParts } from '../../../server/webhooks/service.ts'
import { signatureOf } from '../../../server/webhooks/sign.ts'
import { isPublicAddress } from '../../../node/addresses.ts'
import { certificateFor } from '../../node/certificate.ts'
import { openSite } from '../../node/web.ts'
import type { Site } from '../../node/web.ts'
import { thrown } from '../../support/errors.ts'
import { anchoredBatch, ISSUER } from '../storage/outbox.contract.ts'

const NAME = 'hooks.example'
const HERE = '127.0.0.1'
const DAY = 86_400_000

describe('a webhook', () => {
  const certificate = certificateFor(NAME)
  let folder = ''
  let store: Store
  let site: Site
  let now = 1_800_000_000_000
  let parts: WebhookParts & { readonly actor: string }
  let got: { body: string; headers: NodeJS.Dict<string | string[]> }[] = []
  let status = 204

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-webhooks-'))
    store = openSqliteStore(join(folder, 'store.sqlite'))
    site = await openSite(certificate)
    site.serve((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')))
      request.on('end', () => {
        got.push({ body, headers: request.headers })
        response.writeHead(status, { location: `https://${NAME}:${site.port}/other` }).end('x')
      })
    })
    got = []
    status = 204
    const vault = vaultOf(randomBytes(32))
    parts = {
      store,
      actor: 'cli',
      vaultsFor: () => Promise.resolve({ vault, masterVersion: 1, vaultAt: () => vault }),
      now: () => now,
      internet: {
        addressesOf: () => Promise.resolve([HERE]),
        isPublic: (address) => address === HERE,
        port: site.port,
        ca: certificate.cert,
      },
    }
  })
  afterEach(async () => {
    await site.close()
    await store.close()
    await rm(folder, { recursive: true })
  })

  const made = (): ReturnType<typeof createWebhook> =>
    createWebhook(parts, ISSUER, { url: `https://${NAME}/in?a=b`, events: ['batch.anchored'] })
  const logOf = async (id: string): Promise<unknown[]> =>
    (await webhookDeliveries(parts, ISSUER, id)).map((d) => [d.state, d.code, d.attempts])

  it('is signed as Standard Webhooks signs its published example', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
    const message = { id, timestamp: 1_614_265_330, payload: '{"test": 2432232314}' }
    const expected = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    expect(signatureOf(secret, message)).to.equal(expected)
  })

  it('tells what happened, by ids and times, under a signature of its own secret', async () => {
    const { secret, id } = await made()
    await anchoredBatch(store, 'b')
    // Without its issuer's key it waits, and holds up nobody else's.
    const away = { ...parts, vaultsFor: () => Promise.reject(new Error('the key is not there')) }
    expect(await webhookStep(away)).to.equal(1)
    now += DAY
    expect(await webhookStep(parts)).to.equal(1)
    const [{ body, headers } = { body: '', headers: {} }] = got
    expect(JSON.parse(body)).to.have.nested.property('data.batchId', 'b')
    expect(JSON.parse(body)).to.have.property('type', 'batch.anchored')
    const timestamp = Math.floor(now / 1000)
    const message = { id: String(headers['webhook-id']), timestamp, payload: body }
    expect(headers).to.include({
      'webhook-timestamp': `${timestamp}`,
      host: `${NAME}:${site.port}`,
    })
    expect(headers['webhook-signature']).to.equal(signatureOf(secret, message))
    expect(await logOf(id)).to.deep.equal([['delivered', 204, 2]])
    expect(await webhookStep(parts)).to.equal(0)
  })

  it('shows its secret once, and keeps it under the master key', async () => {
    const { secret } = await made()
    expect(JSON.stringify(await listWebhooks(parts, ISSUER))).not.to.include('whsec_')
    const [endpoint] = await store.endpointsOf(ISSUER)
    const key = Buffer.from(secret.slice(6), 'base64')
    expect(key).to.have.length(32)
    const kept = Buffer.from(endpoint?.sealedSecret ?? [])
    expect(kept.includes(key) || kept.includes(secret)).to.equal(false)
  })

  it('is tried for three days, then failed, and disabled; a ping takes it up, and it can be told again', async () => {
    const { id } = await made()
    await anchoredBatch(store, 'b')
    now += DAY
    const start = now
    status = 500
    for (let i = 0; i <= WEBHOOK_PAUSES.length; i += 1) {
      expect(await webhookStep(parts)).to.equal(1)
      expect(await webhookStep(parts)).to.equal(0)
      now += (WEBHOOK_PAUSES[i] ?? 0) * 1.3
    }
    expect(now - start).to.be.greaterThan(3 * DAY)
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).to.equal(1)
    expect(await logOf(id)).to.deep.equal([['failed', 500, 10]])
    expect(await listWebhooks(parts, ISSUER)).to.have.nested.property('[0].state', 'disabled')
    const audit = await store.auditLog({ limit: 9 })
    expect(audit.map(({ action }) => action)).to.include('webhook-disabled')
    status = 200
    await pingWebhook(parts, ISSUER, id)
    expect(await webhookStep(parts)).to.equal(1)
    const [, failed] = await webhookDeliveries(parts, ISSUER, id)
    await redeliver(parts, ISSUER, id, failed?.id ?? '')
    expect(await webhookStep(parts)).to.equal(1)
    expect(await logOf(id)).to.deep.equal([
      ['delivered', 200, 1],
      ['delivered', 200, 1],
    ])
    const asked = (await store.auditLog({ limit: 2 })).map(({ action }) => action)
    expect(asked).to.deep.equal(['webhook-redelivered', 'webhook-pinged'])
  })

  it('follows no redirect, and is given up where the other says that it is gone', async () => {
    const { id } = await made()
    await anchoredBatch(store, 'b')
    now += DAY
    status = 307
    await webhookStep(parts)
    expect(got).to.have.length(1)
    expect(await logOf(id)).to.deep.equal([['queued', 307, 1]])
    now += DAY
    status = 410
    await webhookStep(parts)
    expect(await logOf(id)).to.deep.equal([['failed', 410, 2]])
    expect(await listWebhooks(parts, ISSUER)).to.have.nested.property('[0].state', 'disabled')
  })

  it('leads to a name over https alone, and to no address in any spelling (S1)', async () => {
    const bad = [
      'http://hooks.example/',
      'https://127.0.0.1/',
      'https://127.1/',
      'https://0x7f.1/',
      'https://017700000001/',
      'https://2130706433/',
      'https://0/',
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://[::fFFf:7f00:1]/',
      'https://169.254.169.254/latest/meta-data',
      'https://localhost/',
      'https://localhost./',
      'https://user:password@hooks.example/',
      'https://hooks.example/#fragment',
      'ftp://hooks.example/',
      'file:///etc/passwd',
      'https://１２７.0.0.1/',
      'nonsense',
      `https://hooks.example/${'a'.repeat(2000)}`,
    ]
    for (const url of bad) {
      const error = await thrown(createWebhook(parts, ISSUER, { url, events: ['batch.anchored'] }))
      expect(error, url).to.include({ code: 'bad-url' })
    }
    const events = ['ping', 'batch.anchored']
    const unknown = createWebhook(parts, ISSUER, { url: `https://${NAME}/`, events })
    expect(await thrown(unknown)).to.include({ code: 'bad-events' })
  })

  it('connects nowhere where one of its addresses is not public, nor elsewhere once it was checked (S1)', async () => {
    const { id } = await made()
    await anchoredBatch(store, 'b')
    const isPublic = isPublicAddress
    const inside = [
      '127.0.0.1',
      '10.0.0.1',
      '169.254.169.254',
      '::1',
      '::ffff:127.0.0.1',
      'fd00::1',
    ]
    for (const [i, address] of inside.entries()) {
      now += 2 * DAY
      const addressesOf = (): Promise<string[]> => Promise.resolve(['93.184.216.34', address])
      const guarded = { ...parts, internet: { ...parts.internet, isPublic, addressesOf } }
      expect(await webhookStep(guarded), address).to.equal(1)
      expect((await logOf(id))[0]).to.deep.equal(['queued', undefined, i + 1])
      if (i === 0) continue
      await store.setEndpointState(id, 'active', now)
    }
    expect(site.connections).to.deep.equal([])
    now += 2 * DAY
    await store.setEndpointState(id, 'active', now)
    // A name that changes its mind is asked once: what was checked is where it connects.
    let asked = 0
    const addressesOf = (): Promise<string[]> => {
      asked += 1
      return Promise.resolve(asked === 1 ? [HERE] : ['127.0.0.2'])
    }
    await webhookStep({ ...parts, internet: { ...parts.internet, addressesOf } })
    expect([asked, ...site.connections]).to.deep.equal([1, HERE])
  })

  it('is its issuer’s alone', async () => {
    const { id } = await made()
    const other = `0x${'c'.repeat(40)}`
    for (const work of [
      removeWebhook(parts, other, id),
      pingWebhook(parts, other, id),
      webhookDeliveries(parts, other, id),
      redeliver(parts, other, id, 'msg_0'),
    ]) {
      expect(await thrown(work)).to.include({ code: 'not-found' })
    }
    expect(await listWebhooks(parts, other)).to.deep.equal([])
    await removeWebhook(parts, ISSUER, id)
    expect(await listWebhooks(parts, ISSUER)).to.deep.equal([])
  })
})
