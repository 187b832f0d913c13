/** Defends the routes that need no chain: requests for lost links, webhooks, the audit log. */
import { expect } from 'chai'
import { requestsAround } from './outgoing.ts'
import { bearer, ISSUER, newServer, OTHER_ISSUER } from './server.ts'

type Answer = { readonly status: number; readonly json: Record<string, unknown>; text: string }

describe('a request for lost links', () => {
  it('is answered alike where the address asked too often', async () => {
    const server = await newServer()
    const send = async (address: string): Promise<string> => {
      const response = await fetch(`${server.url}/api/v1/link-requests`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ address }),
      })
      return `${response.status} ${await response.text()}`
    }
    const answers: string[] = []
    for (let n = 0; n < 6; n += 1) answers.push(await send('often@x.example'))
    answers.push(await send('first@x.example'))
    await server.remove()
    expect(new Set(answers)).to.deep.equal(new Set(['202 {"status":"accepted"}']))
  })

  it('is refused where no mail server is configured, whoever it is about', async () => {
    const server = await newServer()
    const { store } = server
    await server.remove()
    const mute = await newServer({
      context: { requestLinks: requestsAround(store, [ISSUER], false) },
    })
    const answers: string[] = []
    for (const address of ['a@x.example', 'b@y.example']) {
      const response = await fetch(`${mute.url}/api/v1/link-requests`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ address }),
      })
      answers.push(
        `${response.status} ${String(((await response.json()) as { code: unknown }).code)}`,
      )
    }
    await mute.remove()
    expect(answers).to.deep.equal(['503 no-mail', '503 no-mail'])
  })
})

describe('webhooks over HTTP', () => {
  it('are made with a secret that is shown once, tried, read and removed by their issuer alone', async () => {
    const server = await newServer()
    const [ours, theirs] = [await server.key(), await server.key({ issuer: OTHER_ISSUER })]
    const ask = async (
      method: string,
      path = '',
      token = ours,
      body?: unknown,
    ): Promise<Answer> => {
      const response = await fetch(`${server.url}/api/v1/webhooks${path}`, {
        method,
        headers: {
          ...bearer(token),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const json = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
      return { status: response.status, json, text }
    }
    const request = { url: 'https://hooks.example/in', events: ['batch.anchored', 'mail.refused'] }
    const made = await ask('POST', '', ours, request)
    expect(made.status, made.text).to.equal(201)
    const secret = String(made.json['secret'])
    expect(secret).to.match(/^whsec_/)
    const { id } = made.json['webhook'] as { id: string }
    expect((await ask('GET')).text)
      .to.include(id)
      .and.not.include(secret)
    expect((await ask('GET', '', theirs)).json).to.deep.equal({ webhooks: [] })
    for (const [method, path] of [
      ['POST', `/${id}/ping`],
      ['GET', `/${id}/deliveries`],
      ['DELETE', `/${id}`],
    ] as const) {
      expect((await ask(method, path, theirs)).status, path).to.equal(404)
    }
    expect((await ask('POST', `/${id}/ping`)).status).to.equal(202)
    const told = (await ask('GET', `/${id}/deliveries`)).json['deliveries'] as { id: string }[]
    expect(told).to.have.length(1)
    expect(told[0]).to.include({ type: 'ping', state: 'queued', attempts: 0, code: null })
    const again = `/${id}/deliveries/${told[0]?.id ?? ''}/redeliver`
    expect((await ask('POST', again)).status).to.equal(404)
    const at = { owner: 'w', now: Date.now(), until: Date.now() + 1000 }
    const [claimed] = await server.store.claimDeliveries(at, 1)
    const claim = { id: claimed?.id ?? '', owner: 'w', attempts: 1 }
    await server.store.settleDelivery(claim, { state: 'failed', code: 500 }, Date.now())
    expect((await ask('POST', again, theirs)).status).to.equal(404)
    expect((await ask('POST', again)).status).to.equal(202)
    for (const bad of [
      { ...request, url: 'http://hooks.example/' },
      { ...request, url: 'https://127.0.0.1/' },
      { ...request, events: [] },
      { ...request, events: ['ping'] },
      { ...request, events: ['nothing'] },
      { ...request, secret: 'x' },
    ]) {
      expect((await ask('POST', '', ours, bad)).status, JSON.stringify(bad)).to.equal(400)
    }
    expect((await ask('DELETE', `/${id}`)).status).to.equal(204)
    expect((await ask('DELETE', `/${id}`)).status).to.equal(404)
    const log = await fetch(`${server.url}/api/v1/audit`, { headers: bearer(ours) })
    const { entries } = (await log.json()) as { entries: Record<string, unknown>[] }
    const keyId = ours.slice(9, 25)
    const changes = entries.filter(({ subject }) => subject === id)
    expect(changes.map(({ action, actor }) => [action, actor])).to.deep.equal([
      ['webhook-removed', keyId],
      ['webhook-pinged', keyId],
      ['webhook-created', keyId],
    ])
    await server.remove()
  })
})

describe('the audit log over HTTP', () => {
  it('shows an issuer its own entries, page by page, with the digests that chain all', async () => {
    const server = await newServer()
    const entry = { at: 1_800_000_000_000, actor: 'cli' }
    for (let n = 0; n < 5; n += 1) {
      await server.store.audit({ ...entry, action: 'a', subject: `ours-${n}`, issuer: ISSUER })
      await server.store.audit({ ...entry, action: 'a', subject: `x-${n}`, issuer: OTHER_ISSUER })
    }
    const key = await server.key({ scopes: ['audit:read'] })
    const page = async (query: string): Promise<Record<string, unknown>> => {
      const response = await fetch(`${server.url}/api/v1/audit${query}`, { headers: bearer(key) })
      return (await response.json()) as Record<string, unknown>
    }
    const first = await page('?limit=4')
    const rest = await page(`?limit=4&after=${String(first['next'])}`)
    const entries = [first, rest].flatMap((one) => one['entries'] as Record<string, unknown>[])
    const subjects = entries
      .map(({ subject }) => String(subject))
      .filter((one) => one.includes('-'))
    expect(subjects).to.deep.equal(['ours-4', 'ours-3', 'ours-2', 'ours-1', 'ours-0'])
    expect(rest['next']).to.equal(null)
    for (const { digest } of entries) expect(digest).to.match(/^[0-9a-f]{64}$/)
    expect((await page('?after=x'))['code']).to.equal('bad-request')
    await server.remove()
  })
})
