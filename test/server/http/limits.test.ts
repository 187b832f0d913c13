/** Defends how often one may ask, and that nobody becomes another by writing an address differently (S5). */
import { expect } from 'chai'
import { noBody } from '../../../server/http/body.ts'
import { clientOf, RATE_LIMITS } from '../../../server/http/limits.ts'
import { empty } from '../../../server/http/reply.ts'
import { NONE, route } from '../../../server/routes/route.ts'
import type { TrustProxy } from '../../../server/app.ts'
import { bearer, newServer } from '../routes/server.ts'
import type { TestServer } from '../routes/server.ts'

describe('a client by its address', () => {
  const SAME = [
    ['203.0.113.7', '::ffff:203.0.113.7'],
    ['203.0.113.7', '::ffff:cb00:7107'],
    ['203.0.113.7', '::FFFF:203.0.113.7'],
    ['203.0.113.7', '0:0:0:0:0:ffff:203.0.113.7'],
    ['2001:db8:1:1::1', '2001:db8:1:1:ffff:ffff:ffff:ffff'],
    ['2001:db8:1:1::1', '2001:db8:1:ff::9'],
    ['2001:db8:1:1::1', '2001:0DB8:0001:0001:0000:0000:0000:0001'],
    ['fe80::1%eth0', 'fe80::1%eth1'],
    ['', 'nonsense'],
  ] as const
  const OTHERS = [
    ['203.0.113.7', '203.0.113.8'],
    ['2001:db8:1:1::1', '2001:db8:1:100::1'],
    ['2001:db8:1:1::1', '2001:db8:2:1::1'],
    ['203.0.113.7', '64:ff9b::203.0.113.7'],
  ] as const

  for (const [one, other] of SAME) {
    it(`is the same at ${one} and ${other}`, () => {
      expect(clientOf(one)).to.equal(clientOf(other))
    })
  }
  for (const [one, other] of OTHERS) {
    it(`is another at ${one} than at ${other}`, () => {
      expect(clientOf(one)).not.to.equal(clientOf(other))
    })
  }
})

describe('rate limits', () => {
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.remove()
    server = undefined
  })

  async function open(more: { trustProxy?: TrustProxy; failures?: number } = {}): Promise<void> {
    const { trustProxy = false, failures = 100 } = more
    server = await newServer({ trustProxy, limits: { ...RATE_LIMITS, default: 3, failures } })
  }
  const ask = (headers: Record<string, string> = {}, path = '/ready'): Promise<Response> =>
    fetch(`${server?.url ?? ''}${path}`, { headers })
  async function statuses(
    all: readonly Record<string, string>[],
    path?: string,
  ): Promise<number[]> {
    const found = []
    for (const headers of all) found.push((await ask(headers, path)).status)
    return found
  }

  it('refuse with 429, a problem and Retry-After, and say beforehand what is left', async () => {
    await open()
    const first = await ask()
    expect(first.headers.get('ratelimit')).to.match(/r=2/)
    expect(first.headers.get('ratelimit-policy')).to.match(/q=3/)
    await statuses([{}, {}])
    const refused = await ask()
    expect(refused.status).to.equal(429)
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60)
    expect(((await refused.json()) as { code: string }).code).to.equal('rate-limited')
    expect((await ask({}, '/health')).status).to.equal(200)
  })

  it('believe no X-Forwarded-For unless told whose', async () => {
    await open()
    const forged = [1, 2, 3, 4].map((i) => ({ 'x-forwarded-for': `198.51.100.${i}` }))
    expect(await statuses(forged)).to.deep.equal([200, 200, 200, 429])
  })

  it('count by the address that a trusted proxy adds, not by those a client writes before it', async () => {
    await open({ trustProxy: 1 })
    const forged = [1, 2, 3, 4].map((i) => ({
      'x-forwarded-for': `198.51.100.${i}, 203.0.113.7`,
    }))
    expect(await statuses(forged)).to.deep.equal([200, 200, 200, 429])
    expect(await statuses([{ 'x-forwarded-for': '203.0.113.8' }])).to.deep.equal([200])
    expect(await statuses([{ 'x-forwarded-for': '::ffff:203.0.113.7' }])).to.deep.equal([429])
  })

  it('believe a list of proxies, and nobody else', async () => {
    await open({ trustProxy: ['10.0.0.0/8'] })
    const forged = [1, 2, 3, 4].map((i) => ({ 'x-forwarded-for': `198.51.100.${i}` }))
    expect(await statuses(forged)).to.deep.equal([200, 200, 200, 429])
  })

  it('count an API key wherever it is used from, and each by itself', async () => {
    await open({ trustProxy: 1 })
    const [one, other] = [await server?.key(), await server?.key()]
    const from = (i: number, key = ''): Record<string, string> => ({
      ...bearer(key),
      'x-forwarded-for': `198.51.100.${i}`,
    })
    const asked = [1, 2, 3, 4].map((i) => from(i, one))
    expect(await statuses(asked, '/api/v1/keys')).to.deep.equal([200, 200, 200, 429])
    expect(await statuses([from(1, other)], '/api/v1/keys')).to.deep.equal([200])
  })

  it('count no request against an address while its good key is being answered', async () => {
    const many = 10
    let waiting = 0
    let openGate = (): void => undefined
    const gate = new Promise<void>((resolve) => (openGate = resolve))
    const slow = route({
      method: 'GET',
      path: '/slow',
      name: 'getSlow',
      summary: 'Answers when all are there',
      access: 'keys',
      rate: 'unlimited',
      params: NONE,
      query: NONE,
      body: noBody(),
      responses: { 204: { description: 'All were there.' } },
      handle: async () => {
        waiting += 1
        if (waiting === many) openGate()
        await gate
        return empty()
      },
    })
    server = await newServer({ limits: { ...RATE_LIMITS, failures: 3 }, routes: [slow] })
    const headers = bearer(await server.key())
    const all = await Promise.all(
      Array.from({ length: many }, async () => {
        const { status } = await ask(headers, '/slow')
        // One that is refused is missed by the others.
        if (status !== 204) openGate()
        return status
      }),
    )
    expect(all).to.deep.equal(Array.from({ length: many }, () => 204))
  })

  it('stop an address that tries keys', async () => {
    await open({ failures: 3 })
    const wrong = [1, 2, 3, 4].map((i) => bearer(`inaltera_000000000000000${i}_${'A'.repeat(43)}`))
    expect(await statuses(wrong, '/api/v1/keys')).to.deep.equal([401, 401, 401, 429])
  })
})
