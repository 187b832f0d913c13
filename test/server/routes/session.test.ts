/** Defends the console's sessions: each does what its API key does, and no longer. */
import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { IDLE_MS, SESSION_MS } from '../../../server/keys/sessions.ts'
import { RATE_LIMITS } from '../../../server/http/limits.ts'
import { isScope, SCOPES } from '../../../server/http/scopes.ts'
import { BlockError } from '../../../server/ipfs/documents.ts'
import { ROUTES } from '../../../server/routes/table.ts'
import { cookieAt, OF_CONSOLE, signInAt } from './console.ts'
import type { Cookie, Headers } from './console.ts'
import { bearer, ISSUER, newServer, OTHER_ISSUER } from './server.ts'
import type { TestServer } from './server.ts'
import { routeContext } from './context.ts'
import { askExample, exampleOf } from './walk.ts'

const guarded = ROUTES.filter(({ access }) => isScope(access))

describe('a session of the console', () => {
  let server: TestServer
  let now = Date.now()
  before(async () => {
    const { documents } = routeContext({} as TestServer['store'])
    const get = (cid: string) => Promise.reject(new BlockError('missing', cid))
    const context = { documents: { ...documents, get }, now: () => now }
    server = await newServer({ context })
  })
  after(() => server.remove())
  beforeEach(() => {
    now = Date.now()
  })

  const signIn = (key: string): Promise<Response> => signInAt(server.url, key)
  const cookieFor = (key: string): Promise<Cookie> => cookieAt(server.url, key)
  const session = (headers: Headers, method = 'GET'): Promise<Response> =>
    fetch(`${server.url}/api/v1/session`, { method, headers })

  it('is had for a key, and says whose it is, what it may do and how long', async () => {
    const expiresAt = now + 3_600_000
    const key = await server.key({ scopes: ['audit:read', 'keys'], expiresAt })
    const response = await signIn(` ${key}\n`)
    expect(response.status).to.equal(200)
    const set = response.headers.get('set-cookie') ?? ''
    expect(set).to.match(/^__Host-inaltera=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/)
    expect(response.headers.get('cache-control')).to.equal('no-store')
    const said: unknown = await response.json()
    expect(said).to.deep.equal({
      issuer: { account: `eip155:31337:${ISSUER}`, name: 'Académie' },
      key: { id: key.slice(9, 25), label: 'a test', scopes: ['audit:read', 'keys'] },
      expiresAt: new Date(expiresAt).toISOString(),
      idleSeconds: 3600,
    })
    const cookie = { cookie: `theme=dark; ${set.split(';')[0] ?? ''}` }
    expect(await (await session(cookie)).json()).to.deep.equal(said)
  })

  it('is not had for what is no key that counts, and the failures are counted', async () => {
    const strict = await newServer({ limits: { ...RATE_LIMITS, failures: 3 } })
    try {
      const good = await strict.key()
      const revoked = await strict.key()
      await strict.context.apiKeys.revoke(ISSUER, revoked.slice(9, 25), 'cli')
      const attempts = ['nonsense', `${good.slice(0, -3)}${good.endsWith('AAA') ? 'EEE' : 'AAA'}`]
      const statuses = []
      for (const key of [...attempts, revoked, good]) {
        const response = await signInAt(strict.url, key)
        expect(response.headers.get('set-cookie')).to.equal(null)
        statuses.push(response.status)
      }
      expect(statuses).to.deep.equal([401, 401, 401, 429])
    } finally {
      await strict.remove()
    }
  })

  it('ends twelve hours after it began, an hour after the last request, and when it is signed out', async () => {
    const key = await server.key({ expiresAt: now + 2 * SESSION_MS })
    const began = now
    const used = await cookieFor(key)
    for (now = began; now < began + SESSION_MS; now += IDLE_MS - 60_000) {
      expect((await session(used)).status, `${(now - began) / 60_000} min`).to.equal(200)
    }
    now = began + SESSION_MS
    expect((await session(used)).status).to.equal(401)
    const idle = await cookieFor(key)
    now += IDLE_MS
    expect((await session(idle)).status).to.equal(401)
    const left = await cookieFor(key)
    const out = await session({ ...left, ...OF_CONSOLE }, 'DELETE')
    expect([out.status, out.headers.get('set-cookie')]).to.deep.equal([
      204,
      '__Host-inaltera=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0',
    ])
    expect((await session(left)).status).to.equal(401)
  })

  it('dies with its key, revoked or expired', async () => {
    const brief = await cookieFor(await server.key({ expiresAt: now + 1000 }))
    const key = await server.key()
    const cookie = await cookieFor(key)
    expect((await session(cookie)).status).to.equal(200)
    await server.context.apiKeys.revoke(ISSUER, key.slice(9, 25), 'cli')
    expect((await session(cookie)).status).to.equal(401)
    now += 1000
    expect((await session(brief)).status).to.equal(401)
  })

  it('does what its key does on every route that takes a scope, and nothing where it lacks it', async () => {
    for (const route of guarded) {
      const headers = { ...(await cookieFor(await server.key())), ...OF_CONSOLE }
      const answer = await askExample(server.url, route, headers)
      expect(answer.status, `${route.name}: ${answer.body}`).to.equal(exampleOf(route).others)
      const scopes = SCOPES.filter((scope) => scope !== route.access)
      const weak = { ...(await cookieFor(await server.key({ scopes }))), ...OF_CONSOLE }
      const refused = await askExample(server.url, route, weak)
      expect([refused.status, refused.code], route.name).to.deep.equal([403, 'not-allowed'])
    }
  })

  it('of another issuer leads to nothing of ours', async () => {
    const theirs = await cookieFor(await server.key({ issuer: OTHER_ISSUER }))
    for (const route of guarded) {
      const answer = await askExample(server.url, route, { ...theirs, ...OF_CONSOLE })
      expect(answer.status, `${route.name}: ${answer.body}`).to.equal(exampleOf(route).others)
    }
  })

  it('is none for a wrong cookie, two of them, or one beside a key that does not count: 401', async () => {
    const { cookie } = await cookieFor(await server.key())
    const wrong = cookie.slice(0, -3) + (cookie.endsWith('AAA') ? 'EEE' : 'AAA')
    for (const route of guarded) {
      for (const headers of [
        { cookie: wrong },
        { cookie: '__Host-inaltera=' },
        { cookie: `${cookie}; ${cookie}` },
        { cookie: cookie.replace('__Host-', '') },
        { cookie, ...bearer('inaltera_0123456789abcdef_short') },
      ]) {
        const answer = await askExample(server.url, route, { ...headers, ...OF_CONSOLE })
        expect([answer.status, answer.code], route.name).to.deep.equal([401, 'not-authenticated'])
      }
    }
  })

  it('names its key in the audit log, and leaves neither cookie nor key in it, in log or in store', async () => {
    const key = await server.key()
    const { cookie } = await cookieFor(key)
    const made = { label: 'x', scopes: ['keys'], days: 1 }
    await fetch(`${server.url}/api/v1/keys`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...OF_CONSOLE },
      body: JSON.stringify(made),
    })
    const token = Buffer.from(cookie.split('=')[1] ?? '', 'base64url')
    const kept = await server.store.findSession(createHash('sha256').update(token).digest())
    expect(Object.keys(kept ?? {})).to.have.members(['tokenHash', 'keyId', 'seenAt', 'endsAt'])
    await session({ cookie, ...OF_CONSOLE }, 'DELETE')
    const log = await server.store.auditLog({ limit: 3 })
    expect(log.map(({ action }) => action)).to.deep.equal(['sign-out', 'create-key', 'sign-in'])
    for (const { actor, issuer } of log) {
      expect([actor, issuer]).to.deep.equal([key.slice(9, 25), ISSUER])
    }
    const seen = JSON.stringify([log, kept]) + server.lines.join('\n')
    for (const secret of [cookie.split('=')[1] ?? '', key.slice(26)]) {
      expect(secret).to.have.length(43)
      expect(seen).not.to.include(secret)
    }
  })
})
