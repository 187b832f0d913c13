/** Defends what anyone is told of an issuer, and of this server's policy: what stands, byte for byte, and by whom it was said. */
import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { rpcOf } from '../../../node/rpc.ts'
import { registryOf } from '../../../server/chain/registry.ts'
import { parseAddress, parseHome, parseProfile, utf8 } from '../../../src/index.ts'
import { ask } from './ask.ts'
import type { Answer, Json } from './ask.ts'
import { newIssuingServer } from './issuing.ts'
import { ISSUER, newServer, OTHER_ISSUER } from './server.ts'
import type { TestServer } from './server.ts'

const ACCOUNT = `eip155:31337:${ISSUER}`
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9" style="fill:#07c"/></svg>'
const LOGO = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`
const POLICY = utf8('{ "inaltera": "policy/1" }\n')
const sha256 = (bytes: Uint8Array): string =>
  `0x${createHash('sha256').update(bytes).digest('hex')}`

describe('the profile of an issuer', () => {
  let server: TestServer
  let key = ''
  beforeEach(async () => {
    server = await newServer({ context: { policy: POLICY } })
    key = await server.key({ scopes: ['profile'] })
  })
  afterEach(() => server.remove())

  const put = (body: Json, as = key): Promise<Answer> =>
    ask(server.url, 'PUT', '/profile', { as, body: JSON.stringify(body), type: 'application/json' })
  const get = (account = ACCOUNT): Promise<Answer> =>
    ask(server.url, 'GET', `/issuers/${account}`, {})
  const profileOf = async (account?: string): Promise<Json> =>
    (await get(account)).json['profile'] as Json
  const bytesAt = async (
    path: string,
  ): Promise<{ bytes: Buffer; headers: Headers; status: number }> => {
    const response = await fetch(`${server.url}/api/v1${path}`)
    const { headers, status } = response
    return { bytes: Buffer.from(await response.arrayBuffer()), headers, status }
  }

  it('is nothing at first but the name that this server’s policy has, and 404 of a stranger', async () => {
    expect((await get()).json).to.deep.equal({ account: ACCOUNT, name: 'Académie', profile: null })
    const other = `eip155:31337:${OTHER_ISSUER}`
    expect((await get(other)).json).to.deep.equal({ account: other, name: null, profile: null })
    for (const path of ['', '/profile', `/logos/0x${'0'.repeat(64)}`]) {
      const stranger = `eip155:31337:0x${'c'.repeat(40)}`
      expect((await bytesAt(`/issuers/${stranger}${path}`)).status).to.equal(404)
    }
    expect((await bytesAt(`/issuers/${ACCOUNT}/profile`)).status).to.equal(404)
    expect((await get(ISSUER)).status).to.equal(400)
  })

  it('is shown to anyone as its issuer said it, with its record and logo by their digests', async () => {
    const said = {
      name: 'École Exemple',
      url: 'https://school.example/',
      colours: { accent: '#0077cc' },
      linkedIn: '1337',
    }
    const answer = await put({ ...said, logo: LOGO })
    expect(answer.status, JSON.stringify(answer.json)).to.equal(200)
    const { json } = await get()
    expect(json).to.deep.equal(answer.json)
    const record = await bytesAt(`/issuers/${ACCOUNT}/profile`)
    const profile = parseProfile(record.bytes)
    const shown = json['profile'] as Json
    expect(shown).to.deep.include({
      ...said,
      logo: LOGO,
      identifiers: [],
      digest: sha256(record.bytes),
    })
    expect(record.headers.get('access-control-allow-origin')).to.equal('*')
    const logo = `/api/v1/issuers/${ACCOUNT}/logos/${sha256(Buffer.from(SVG))}`
    expect(profile).to.deep.equal({
      inaltera: 'profile/1',
      account: ACCOUNT,
      name: said.name,
      identifiers: [],
      url: said.url,
      image: `https://certificates.example${logo}`,
      colours: ['#0077cc'],
    })
    const picture = await bytesAt(logo.slice('/api/v1'.length))
    expect(picture.bytes.toString()).to.equal(SVG)
    expect(picture.headers.get('content-type')).to.equal('image/svg+xml')
    expect(picture.headers.get('content-security-policy')).to.include('sandbox')
    const [entry] = await server.store.auditLog({ limit: 1 })
    expect(entry).to.include({ action: 'set-profile', subject: ACCOUNT, actor: key.slice(9, 25) })
  })

  it('keeps its logo until it is taken away, and every identifier for ever', async () => {
    await put({ name: 'A', logo: LOGO, identifiers: ['did:web:school.example'] })
    await put({ name: 'B', identifiers: ['https://school.example/#us'] })
    const identifiers = ['did:web:school.example', 'https://school.example/#us']
    expect(await profileOf()).to.deep.include({ name: 'B', logo: LOGO, identifiers, url: null })
    await put({ name: 'B', logo: null, identifiers: [] })
    expect(await profileOf()).to.deep.include({ logo: null, identifiers })
    const gone = await bytesAt(`/issuers/${ACCOUNT}/logos/${sha256(Buffer.from(SVG))}`)
    expect(gone.status).to.equal(404)
  })

  it('is changed by its own issuer alone', async () => {
    await put({ name: 'Ours' })
    await put({ name: 'Theirs' }, await server.key({ issuer: OTHER_ISSUER }))
    expect(await profileOf()).to.include({ name: 'Ours' })
    expect(await profileOf(`eip155:31337:${OTHER_ISSUER}`)).to.include({ name: 'Theirs' })
  })

  it('is refused where it could deceive, load or break a page, and stays as it was', async () => {
    await put({ name: 'Ours' })
    for (const bad of [
      { name: '' },
      { name: '   ' },
      { name: 'Ecole\u202e' },
      { name: 'Ecole\n' },
      { name: 'x'.repeat(201) },
      { name: 'a', url: 'http://school.example' },
      { name: 'a', url: 'javascript:alert(1)' },
      { name: 'a', url: 'https://a:b@school.example' },
      { name: 'a', colours: { accent: 'red' } },
      { name: 'a', colours: { accent: '#0077CC' } },
      { name: 'a', linkedIn: '0' },
      { name: 'a', linkedIn: '1337&x=y' },
      { name: 'a', logo: 'https://evil.example/logo.png' },
      { name: 'a', identifiers: ['did:web:a\u200b'] },
      { name: 'a', account: ACCOUNT },
      { url: 'https://school.example' },
    ]) {
      const { status, json } = await put(bad)
      expect([status, json['code']], JSON.stringify(bad)).to.deep.equal([400, 'bad-request'])
    }
    expect(await profileOf()).to.include({ name: 'Ours' })
  })

  it('stands beside the policy by which this server judges, byte for byte, with its digest', async () => {
    const { bytes, headers } = await bytesAt('/policy')
    expect(new Uint8Array(bytes)).to.deep.equal(POLICY)
    expect(headers.get('x-inaltera-policy')).to.equal(sha256(POLICY))
    expect(headers.get('content-type')).to.include('application/json')
  })
})

describe('a server that issues', function () {
  this.timeout(120_000)

  it('shows its own issuers, whose profiles it sets on chain when deployed, and the policy by which it judges', async () => {
    const s = await newIssuingServer()
    try {
      const { account, policy } = s.context
      const shown = await s.get(`/api/v1/issuers/${account}`)
      expect(shown.json).to.deep.include({ account, profile: null })
      expect(shown.json['name']).to.be.a('string')
      const body = JSON.stringify({ name: 'École' })
      const set = await ask(s.url, 'PUT', '/profile', { as: s.key, body, type: 'application/json' })
      expect(set.json['account']).to.equal(account)
      const registry = registryOf(
        rpcOf(s.context.rpcUrl),
        parseHome(s.context.home, 'home').registry,
      )
      const held = () => registry.profileOf(parseAddress(s.data.init.issuer, 'issuer'))
      expect(await held()).to.equal(`0x${'0'.repeat(64)}`)
      for (const time of ['first', 'second']) {
        await s.context.deploy()
        expect(await held(), time).to.equal((set.json['profile'] as Json)['digest'])
      }
      expect((await s.get(`/api/v1/issuers/${account.slice(0, -1)}x`)).status).to.equal(400)
      expect((await s.get(`/api/v1/issuers/eip155:1:${account.slice(-42)}`)).status).to.equal(404)
      const response = await fetch(`${s.url}/api/v1/policy`)
      expect(new Uint8Array(await response.arrayBuffer())).to.deep.equal(new Uint8Array(policy))
      const verdict = await s.context.verify(utf8('{}'))
      expect(response.headers.get('x-inaltera-policy')).to.equal(verdict.policy.digest)
    } finally {
      await s.data.remove()
    }
  })
})
