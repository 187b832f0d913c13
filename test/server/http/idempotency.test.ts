/** Defends that a request sent twice happens once, and that the store learns nothing from it. */
import { expect } from 'chai'
import { z } from 'zod'
import { jsonBody, streamBody } from '../../../server/http/body.ts'
import { Refusal } from '../../../server/http/problems.ts'
import { json } from '../../../server/http/reply.ts'
import { NONE, route } from '../../../server/routes/route.ts'
import type { Route } from '../../../server/routes/route.ts'
import { bearer, newServer, OTHER_ISSUER } from '../routes/server.ts'
import type { TestServer } from '../routes/server.ts'

let made = 0
let held: Promise<void> | undefined
let entered = (): void => undefined

const described = {
  method: 'POST',
  access: 'batches:write',
  rate: 'issue',
  idempotent: true,
  params: NONE,
  query: z.strictObject({ fail: z.string().optional() }),
  responses: { 201: { description: 'made', schema: z.strictObject({ id: z.int() }) } },
} as const

const ROUTES: readonly Route[] = [
  route({
    ...described,
    path: '/things',
    name: 'postThings',
    summary: 'makes a thing',
    body: jsonBody(z.strictObject({ name: z.string() })),
    handle: async ({ query, idempotencyKey }) => {
      expect(idempotencyKey).to.be.a('string')
      entered()
      await held
      if (query.fail !== undefined) throw new Refusal('unprocessable', 'as asked')
      made += 1
      return json({ id: made }, 201)
    },
  }),
  route({
    ...described,
    path: '/streams',
    name: 'postStreams',
    summary: 'makes a thing of a stream',
    body: streamBody(['text/csv'], 1000),
    handle: async ({ body }) => {
      let length = 0
      for await (const chunk of body) length += chunk.length
      made += 1
      return json({ id: length }, 201)
    },
  }),
]

describe('a request with an idempotency key', () => {
  let server: TestServer
  let key: string
  beforeEach(async () => {
    made = 0
    held = undefined
    server = await newServer({ routes: ROUTES })
    key = await server.key()
  })
  afterEach(() => server.remove())

  type Sent = { status: number; headers: Headers; json: Record<string, unknown> }
  async function send(
    name: string | undefined,
    body = '{"name":"Zoé"}',
    path = '/things',
    as = key,
  ): Promise<Sent> {
    const type = path === '/streams' ? 'text/csv' : 'application/json'
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      body,
      headers: {
        ...bearer(as),
        'content-type': type,
        ...(name === undefined ? {} : { 'idempotency-key': name }),
      },
    })
    const answer = (await response.json()) as Record<string, unknown>
    return { status: response.status, headers: response.headers, json: answer }
  }

  it('is answered as the first time, and happens once', async () => {
    const first = await send('one')
    const again = await send('one')
    expect([first.status, again.status]).to.deep.equal([201, 201])
    expect(again.json).to.deep.equal(first.json)
    expect(again.headers.get('idempotent-replayed')).to.equal('true')
    expect(made).to.equal(1)
    expect((await send('two')).json).to.deep.equal({ id: 2 })
  })

  it('is refused with another body, another query, another route: 422', async () => {
    await send('one')
    for (const [body, path] of [
      ['{"name":"Zoe"}', '/things'],
      ['{"name":"Zoé"}', '/things?fail=1'],
      ['{"name":"Zoé"}', '/streams'],
    ] as const) {
      const { status, json: problem } = await send('one', body, path)
      expect([status, problem['code']]).to.deep.equal([422, 'idempotency-conflict'])
    }
    expect(made).to.equal(1)
  })

  it('is told to wait while the first one runs: 409', async () => {
    let release = (): void => undefined
    held = new Promise((resolve) => (release = resolve))
    const isRunning = new Promise<void>((resolve) => (entered = resolve))
    const first = send('one')
    await isRunning
    const second = await send('one')
    release()
    expect([second.status, second.json['code']]).to.deep.equal([409, 'request-in-progress'])
    expect(Number(second.headers.get('retry-after'))).to.be.greaterThan(0)
    expect((await first).status).to.equal(201)
    expect(made).to.equal(1)
  })

  it('of another issuer is another request', async () => {
    await send('one')
    const theirs = await server.key({ issuer: OTHER_ISSUER })
    expect((await send('one', undefined, '/things', theirs)).json).to.deep.equal({ id: 2 })
  })

  it('that was refused may be sent again', async () => {
    expect((await send('one', undefined, '/things?fail=1')).status).to.equal(422)
    expect((await send('one', '{"nom":1}')).status).to.equal(400)
    expect((await send('one')).status).to.equal(201)
  })

  it('covers a stream, by what came through it', async () => {
    expect((await send('s', 'a;b', '/streams')).status).to.equal(201)
    expect((await send('s', 'a;b', '/streams')).json).to.deep.equal({ id: 3 })
    expect((await send('s', 'a;c', '/streams')).status).to.equal(422)
    expect(made).to.equal(1)
  })

  it('must have a key that can be one', async () => {
    expect((await send(undefined)).json['code']).to.equal('idempotency-key-missing')
    expect((await send('x'.repeat(256))).json['code']).to.equal('bad-request')
    expect(made).to.equal(0)
  })

  it('leaves tags in the store, and nothing that was sent', async () => {
    await send('key-canary')
    const begun = await server.store.beginRequest({
      issuer: 'x',
      key: new Uint8Array(32),
      owner: 'x',
      now: 0,
      until: 1,
      keepUntil: 2,
    })
    expect(begun.kind).to.equal('new')
    const tag = await server.context.tagOf?.('', 'key-canary', 'request-key')
    expect(Buffer.from(tag ?? []).includes('key-canary')).to.equal(false)
  })

  it('is refused on a server without the passphrase', async () => {
    const locked = await newServer({ routes: ROUTES, context: { tagOf: undefined } })
    try {
      const response = await fetch(`${locked.url}/things`, {
        method: 'POST',
        body: '{"name":"x"}',
        headers: {
          ...bearer(await locked.key()),
          'content-type': 'application/json',
          'idempotency-key': 'k',
        },
      })
      expect(response.status).to.equal(503)
      expect(((await response.json()) as { code: string }).code).to.equal('locked')
    } finally {
      await locked.remove()
    }
  })
})
