/** Walks the table of routes: what a stranger, a stale key, a weak key and another issuer's key are answered, everywhere. */
import { expect } from 'chai'
import { isScope, SCOPES } from '../../../server/http/scopes.ts'
import type { Route } from '../../../server/routes/route.ts'
import { ROUTES } from '../../../server/routes/table.ts'
import { utf8 } from '../../../src/index.ts'
import { BlockError } from '../../../server/ipfs/documents.ts'
import { bearer, ISSUER, newServer, OTHER_ISSUER } from './server.ts'
import type { TestServer } from './server.ts'
import { routeContext } from './context.ts'
import { askExample, exampleOf, EXAMPLES } from './walk.ts'
import type { Answer } from './walk.ts'

const PAGE = '<!doctype html><html lang="en"><title>A page</title></html>'

const guarded = ROUTES.filter(({ access }) => isScope(access))

describe('access to every route of the table', () => {
  let server: TestServer

  before(async () => {
    const { documents } = routeContext({} as TestServer['store'])
    server = await newServer({
      context: {
        documents: {
          ...documents,
          get: (cid) => Promise.reject(new BlockError('missing', cid)),
        },
        // Pages as if they were built: what is asked is whether they may be framed.
        pages: {
          contacts: [],
          file: () => Promise.resolve({ bytes: utf8(PAGE), etag: '"x"', encoding: undefined }),
        },
        verifier: {
          queue: { running: 0, waiting: 0 },
          verdictOn: () => Promise.reject(new Error('is not reached')),
          judge: () => Promise.reject(new Error('is not reached')),
        },
      },
    })
  })
  after(() => server.remove())

  const ask = (route: Route, headers: Record<string, string>): Promise<Answer> =>
    askExample(server.url, route, headers)

  /** A key's text with the last digits of its secret changed. */
  const wrong = (key: string): string => key.slice(0, -3) + (key.endsWith('AAA') ? 'EEE' : 'AAA')

  it('has an example of each, under names and addresses that are told apart', () => {
    for (const route of ROUTES) exampleOf(route)
    expect(Object.keys(EXAMPLES)).to.have.members(ROUTES.map(({ name }) => name))
    const places = ROUTES.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`)
    expect(new Set(places).size).to.equal(ROUTES.length)
    expect(guarded.length).to.be.greaterThan(2)
  })

  it('is declared: public, of a holder, or by a scope; what is public is listed here', () => {
    for (const { access, name } of ROUTES) {
      expect(['public', 'holder', 'sign-in', 'session', ...SCOPES], name).to.include(access)
    }
    const open = ROUTES.filter(({ access }) => access === 'public').map(({ name }) => name)
    expect(open).to.have.members([
      'getHomePage',
      'getCertificatePage',
      'getVerifyPage',
      'getConsolePage',
      'getSharePage',
      'getShareEmbed',
      'getSharePicture',
      'getAsset',
      'getMark',
      'getVerifierFile',
      'getVerifierHash',
      'getHealth',
      'getReady',
      'getBlock',
      'getDocument',
      'getShare',
      'getIssuer',
      'getIssuerProfile',
      'getIssuerLogo',
      'getPolicy',
      'postVerifications',
      'postLinkRequests',
      'getOpenapi',
      'getDocs',
      'getDocsScript',
      'getDocsStyle',
    ])
    const held = ROUTES.filter(({ access }) => access === 'holder').map(({ name }) => name)
    expect(held).to.have.members([
      'getServerKey',
      'getSuccessor',
      'getCertificateChanges',
      'postShares',
      'deleteShare',
      'getCertificateShares',
    ])
    const ofConsole = ROUTES.filter(({ access }) => ['sign-in', 'session'].includes(access))
    expect(ofConsole.map(({ name }) => name)).to.have.members([
      'postSession',
      'getSession',
      'deleteSession',
    ])
  })

  it('is of what no other site may frame, but for one page', async () => {
    const framed = []
    for (const route of ROUTES) {
      const { headers } = await ask(route, {})
      const policy = headers.get('content-security-policy') ?? ''
      const frame = headers.get('x-frame-options')
      if (policy.includes("frame-ancestors 'none'") && frame === 'DENY') continue
      expect([route.framed, frame], route.name).to.deep.equal([true, null])
      framed.push(route.name)
    }
    expect(framed).to.deep.equal(['getShareEmbed'])
  })

  it('is refused alike without a key, with nonsense, a wrong, an expired and a revoked one: 401', async () => {
    const expired = await server.key({ expiresAt: Date.now() - 1 })
    const revoked = await server.key()
    await server.context.apiKeys.revoke(ISSUER, revoked.slice(9, 25), 'cli')
    const headers = [
      {},
      { authorization: 'Basic eDp5' },
      bearer('inaltera_0123456789abcdef_short'),
      bearer(`inaltera_0123456789abcdef_${'A'.repeat(43)}`),
      bearer(wrong(await server.key())),
      bearer(expired),
      bearer(revoked),
    ]
    for (const route of guarded) {
      const answers = []
      for (const one of headers) answers.push(await ask(route, one))
      for (const answer of answers) {
        expect([answer.status, answer.code], route.name).to.deep.equal([401, 'not-authenticated'])
        expect(answer.body).to.equal(answers[0]?.body)
      }
    }
  })

  it('is refused with a key that lacks the scope: 403', async () => {
    for (const route of guarded) {
      const scopes = SCOPES.filter((scope) => scope !== route.access)
      const answer = await ask(route, bearer(await server.key({ scopes })))
      expect([answer.status, answer.code], route.name).to.deep.equal([403, 'not-allowed'])
    }
  })

  it('is refused with an API key where a holder’s token is asked for, and the other way round', async () => {
    const key = await server.key()
    const token = 'A'.repeat(43)
    for (const route of ROUTES.filter(({ access }) => access === 'holder' || isScope(access))) {
      const answer = await ask(route, bearer(route.access === 'holder' ? key : token))
      expect([answer.status, answer.code], route.name).to.deep.equal([401, 'not-authenticated'])
    }
  })

  it('of another issuer leads to nothing of ours: 404 as for what does not exist', async () => {
    const theirs = bearer(await server.key({ issuer: OTHER_ISSUER }))
    for (const route of guarded) {
      const answer = await ask(route, theirs)
      expect(answer.status, `${route.name}: ${answer.body}`).to.equal(exampleOf(route).others)
    }
  })
})

describe('the API keys of two issuers', () => {
  let server: TestServer
  before(async () => {
    server = await newServer()
  })
  after(() => server.remove())

  const call = async (key: string, path = '', init: RequestInit = {}): Promise<Response> =>
    fetch(`${server.url}/api/v1/keys${path}`, {
      ...init,
      headers: { ...bearer(key), 'content-type': 'application/json' },
    })
  const make = (key: string, request: unknown): Promise<Response> =>
    call(key, '', { method: 'POST', body: JSON.stringify(request) })

  it('are made, listed without secrets, used and revoked by their own issuer alone', async () => {
    const [ours, theirs] = [await server.key(), await server.key({ issuer: OTHER_ISSUER })]
    const made = await make(ours, { label: 'console', scopes: ['keys', 'keys'], days: 30 })
    expect(made.status).to.equal(201)
    const { key, secret } = (await made.json()) as { key: { id: string }; secret: string }
    expect(secret).to.match(/^inaltera_[0-9a-f]{16}_[\w-]{43}$/)
    const list = await (await call(secret)).text()
    expect(list).to.include(key.id).and.not.include(secret.slice(26))
    expect(await (await call(theirs)).text()).not.to.include(key.id)
    const path = `/${key.id}`
    expect((await call(theirs, path, { method: 'DELETE' })).status).to.equal(404)
    expect((await call(secret)).status).to.equal(200)
    for (const time of ['first', 'second']) {
      expect((await call(ours, path, { method: 'DELETE' })).status, time).to.equal(204)
    }
    expect((await call(secret)).status).to.equal(401)
  })

  it('give only scopes that they have, for at most two years', async () => {
    const weak = await server.key({ scopes: ['keys', 'audit:read'] })
    const request = { label: 'x', scopes: ['audit:read'], days: 730 }
    expect((await make(weak, request)).status).to.equal(201)
    expect((await make(weak, { ...request, scopes: ['batches:write'] })).status).to.equal(403)
    for (const bad of [
      { ...request, days: 731 },
      { ...request, days: 0 },
      { ...request, scopes: [] },
      { ...request, scopes: ['root'] },
      { ...request, issuer: OTHER_ISSUER },
      { ...request, label: '' },
      [],
    ]) {
      expect((await make(weak, bad)).status, JSON.stringify(bad)).to.equal(400)
    }
  })

  it('make no second person of one: no key that approves, and none that issues by one that approves', async () => {
    const scopes = ['keys', 'batches:write', 'batches:approve', 'batches:read'] as const
    const both = await server.key({ scopes: [...scopes] })
    const writes = await server.key({ scopes: ['keys', 'batches:write'] })
    const approves = await server.key({ scopes: ['keys', 'batches:approve'] })
    const made = async (key: string, scope: string): Promise<number> =>
      (await make(key, { label: 'x', scopes: ['keys', scope], days: 1 })).status
    expect(await made(both, 'batches:approve')).to.equal(403)
    expect(await made(both, 'batches:write')).to.equal(403)
    expect(await made(both, 'batches:read')).to.equal(201)
    expect(await made(approves, 'batches:approve')).to.equal(403)
    expect(await made(writes, 'batches:write')).to.equal(201)
  })

  it('leave in the store nothing that could be sent', async () => {
    const key = await server.key()
    const id = key.slice(9, 25)
    const kept = await server.store.findApiKey(id)
    expect(JSON.stringify(kept)).not.to.include(key.slice(26))
    expect(kept?.secretHash).to.have.length(32)
    await call(key)
    const used = (await server.store.findApiKey(id))?.lastUsedAt ?? 0
    expect(used % 300_000).to.equal(0)
  })
})
