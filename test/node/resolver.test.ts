/** Defends what the DNS is taken to say of accounts, by the resolver that a policy names (RFC 8484). */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { domainPortOf } from '../../node/domain.ts'
import type { Internet } from '../../node/domain.ts'
import { base64urlOf, MAX_DNS_BYTES, txtQueryOf } from '../../src/index.ts'
import { certificateFor } from './certificate.ts'
import { txtAnswer } from './dns.ts'
import { didDocument, openSite, says } from './web.ts'
import type { Serve, Site } from './web.ts'

const DOMAIN = 'school.example'
const HERE = '127.0.0.1'
const ACCOUNT = `eip155:1:0x${'1'.repeat(40)}`
const OTHER = `eip155:1:0x${'2'.repeat(40)}`
const TIMEOUT_MS = 800

describe('what the DNS says of accounts, by the resolver that the policy names,', () => {
  const certificate = certificateFor(DOMAIN, 'localhost')
  let site: Site
  let dns: Site
  let internet: Internet
  before(async () => {
    site = await openSite(certificate)
    dns = await openSite(certificate)
    internet = {
      addressesOf: () => Promise.resolve([HERE]),
      isPublic: (address) => address === HERE,
      port: site.port,
      ca: certificate.cert,
    }
  })
  after(async () => {
    await site.close()
    await dns.close()
  })

  const texts = (...some: string[]): Serve =>
    says(txtAnswer(DOMAIN, some), 200, { 'content-type': 'application/dns-message' })

  async function told(
    own: Serve,
    resolver: Serve,
    at = (port: number) => `https://localhost:${port}/dns-query?key=1`,
  ): Promise<unknown> {
    site.serve(own)
    dns.serve(resolver)
    const policy = { resolver: at(dns.port), timeoutMs: TIMEOUT_MS }
    return (await domainPortOf(policy, internet)(DOMAIN)).accounts
  }

  it('is what its TXT records say, beside the document', async () => {
    const own = says(didDocument(ACCOUNT))
    const records = texts('v=spf1 -all', `inaltera=${OTHER}`, `inaltera=${ACCOUNT}`)
    expect(await told(own, records)).to.deep.equal([ACCOUNT, OTHER])
    const [request] = dns.requests
    const query = new URL(request?.url ?? '', 'https://x').searchParams
    expect([...query]).to.deep.equal([
      ['key', '1'],
      ['dns', base64urlOf(txtQueryOf(DOMAIN))],
    ])
    expect([request?.method, request?.headers.accept]).to.deep.equal([
      'GET',
      'application/dns-message',
    ])
  })

  it('stands alone where the document could not be had, as the document does without it', async () => {
    expect(await told(says('', 500), texts(`inaltera=${OTHER}`))).to.deep.equal([OTHER])
    expect(await told(says('', 404), texts())).to.deep.equal([])
    expect(await told(says(didDocument(ACCOUNT)), says('', 500))).to.deep.equal([ACCOUNT])
    expect(await told(says('', 500), says('', 500))).to.equal(null)
  })

  it('does not keep back what the document says, however slow it is', async () => {
    expect(await told(says(didDocument(ACCOUNT)), () => undefined)).to.deep.equal([ACCOUNT])
  })

  it('is a whole DNS message of that type, to that question, of no more than its length', async () => {
    const missing = says('', 500)
    const type = { 'content-type': 'application/dns-message' }
    const answer = txtAnswer(DOMAIN, [`inaltera=${ACCOUNT}`])
    const long = new Uint8Array(MAX_DNS_BYTES + 1)
    long.set(answer)
    const strange: Serve[] = [
      says(answer),
      says(answer, 404, type),
      says(answer, 302, { ...type, location: '/elsewhere' }),
      says(answer.subarray(0, -1), 200, type),
      says(txtAnswer('other.example', [`inaltera=${ACCOUNT}`]), 200, type),
      says(long, 200, type),
    ]
    for (const [at, serve] of strange.entries()) {
      expect([await told(missing, serve), dns.requests.length], `${at}`).to.deep.equal([null, 1])
    }
  })

  it('is asked over https only, without credentials, wherever it stands', async () => {
    const missing = says('', 500)
    const found = texts(`inaltera=${ACCOUNT}`)
    expect(await told(missing, found, (port) => `https://user:key@localhost:${port}/`)).to.equal(
      null,
    )
    expect(dns.requests).to.deep.equal([])
    const plain = createServer((_, response) => response.end(txtAnswer(DOMAIN, [])))
    plain.listen(0, HERE)
    await once(plain, 'listening')
    const { port } = plain.address() as AddressInfo
    expect(await told(missing, found, () => `http://${HERE}:${port}/`)).to.equal(null)
    plain.close()
  })
})
