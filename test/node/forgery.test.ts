/**
 * Defends this machine and its neighbours against the names that a policy lists (`S1`): no name, no spelling of an
 * address, no redirect and no change of mind leads a look-up to a place that is not on the public internet.
 */
import { expect } from 'chai'
import { isPublicAddress } from '../../node/addresses.ts'
import { domainPortOf } from '../../node/domain.ts'
import type { Internet } from '../../node/domain.ts'
import { nameLookup } from '../../node/names.ts'
import { FormatError, parsePolicy, utf8 } from '../../src/index.ts'
import { policyJson } from '../support/world.ts'
import { certificateFor } from './certificate.ts'
import { openNameServer } from './name-server.ts'
import { didDocument, openSite, says } from './web.ts'
import type { Site } from './web.ts'

const DOMAIN = 'school.example'
const ACCOUNT = `eip155:1:0x${'1'.repeat(40)}`
const TIMEOUT_MS = 800

/** Spellings of loopback that some readers take for an address and others for a name. */
const LITERALS = [
  '127.0.0.1',
  '127.1',
  '0',
  '0x7f.1',
  '0x7f000001',
  '2130706433',
  '017700000001',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '::fFFf:7f00:1',
]

const NOT_PUBLIC = {
  'this host': ['0.0.0.0', '0.1.2.3', '::'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12::1'],
  'link-local, where clouds keep their secrets': ['169.254.169.254', 'fe80::1', 'fe80::1%lo'],
  'shared by a provider (CGNAT)': ['100.64.0.1', '100.127.255.255'],
  'kept for documents, tests and protocols': [
    ...['192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '240.0.0.1'],
    ...['2001:db8::1', '3fff::1', '100::1', 'fec0::1', '2001:2::1'],
  ],
  'for many at once': ['224.0.0.1', '255.255.255.255', 'ff02::1'],
  'IPv4 within IPv6: mapped': ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:93.184.215.14'],
  'IPv4 within IPv6: compatible, translated': ['::127.0.0.1', '::ffff:0:127.0.0.1'],
  'IPv4 within IPv6: 6to4': ['2002:7f00:1::', '2002:5db8:d70e::1', '192.88.99.1'],
  'IPv4 within IPv6: NAT64': ['64:ff9b::7f00:1', '64:ff9b::5db8:d70e', '64:ff9b:1::1'],
  'IPv4 within IPv6: Teredo': ['2001:0:5db8:d70e::1'],
  'given out to nobody': ['4000::1', '1000::1', 'e000::1'],
} as const

const PUBLIC = ['93.184.215.14', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:2800:21f::1']

describe('a domain that would lead a look-up astray', () => {
  const certificate = certificateFor(DOMAIN)
  let canary: Site
  let internet: Internet
  const lookups: string[] = []

  before(async () => {
    canary = await openSite(certificate)
  })
  after(() => canary.close())
  beforeEach(() => {
    lookups.length = 0
    canary.serve(says(didDocument(ACCOUNT)))
    internet = {
      addressesOf: (name) => Promise.resolve((lookups.push(name), ['127.0.0.1'])),
      isPublic: isPublicAddress,
      port: canary.port,
      ca: certificate.cert,
    }
  })

  async function accounts(domain: string, change: Partial<Internet> = {}): Promise<unknown> {
    const policy = { resolver: undefined, timeoutMs: TIMEOUT_MS }
    return (await domainPortOf(policy, { ...internet, ...change })(domain)).accounts
  }

  /** As the real look-up sees it: over the wire, from a name server. */
  async function accountsByDns(
    addressesOf: (name: string, query: number) => readonly string[] | null,
    change: Partial<Internet> = {},
  ): Promise<{ answer: unknown; queries: number }> {
    const server = await openNameServer(addressesOf)
    try {
      const answer = await accounts(DOMAIN, { addressesOf: nameLookup([server.place]), ...change })
      return { answer, queries: server.queries.length }
    } finally {
      await server.close()
    }
  }

  it('reaches the canary of these tests where loopback is allowed, so that silence means something', async () => {
    const isPublic = (address: string): boolean => address === '127.0.0.1'
    const { answer, queries } = await accountsByDns(() => ['127.0.0.1'], { isPublic })
    expect([answer, queries]).to.deep.equal([[ACCOUNT], 2])
    expect(canary.connections).to.deep.equal(['127.0.0.1'])
  })

  for (const literal of LITERALS) {
    it(`${literal} is no domain: not to a policy, and nothing is sent`, async () => {
      const policy = utf8(JSON.stringify(policyJson({ domains: [literal] })))
      expect(() => parsePolicy(policy)).to.throw(FormatError)
      const anywhere = { isPublic: () => true }
      expect(await accounts(literal, anywhere)).to.equal(null)
      expect([lookups, canary.connections]).to.deep.equal([[], []])
    })

    it(`${literal} is no address to connect to`, async () => {
      const bare = literal.replaceAll(/[[\]]/g, '')
      for (const address of [literal, bare]) {
        expect(await accounts(DOMAIN, { addressesOf: () => Promise.resolve([address]) })).to.equal(
          null,
        )
      }
      expect(canary.connections).to.deep.equal([])
    })
  }

  it('has no address but in its plain spelling, even where that address is public', () => {
    const spelt = ['1.1', '16843009', '0x1010101', '01.01.01.01', '[2606:2800:21f::1]']
    for (const address of [...spelt, '2606:2800:21f::1%lo', '1.1.1.1 ', 'one.example', '']) {
      expect(isPublicAddress(address), address).to.equal(false)
    }
  })

  it('is no domain with anything beside the name', async () => {
    const names = ['a@b.example', 'b.example:80', 'b.example/x', 'b.example?x', 'b.example#x']
    for (const name of [...names, 'B.example', 'b.exam\tple', 'ｂ.example', 'b.example\\x', '']) {
      expect(await accounts(name, { isPublic: () => true }), name).to.equal(null)
    }
    expect(lookups).to.deep.equal([])
  })

  for (const [where, addresses] of Object.entries(NOT_PUBLIC)) {
    it(`does not lead to addresses that are ${where}`, async () => {
      for (const address of addresses) {
        expect(isPublicAddress(address), address).to.equal(false)
        if (address.includes('%')) continue
        const { answer } = await accountsByDns(() => [address])
        expect(answer, address).to.equal(null)
      }
      expect(canary.connections).to.deep.equal([])
    })
  }

  it('may lead to addresses of the public internet', () => {
    expect(PUBLIC.filter((address) => !isPublicAddress(address))).to.deep.equal([])
  })

  it('does not lead to a public address where another of its addresses is none', async () => {
    const isPublic = (address: string): boolean => address === '127.0.0.2'
    const { answer } = await accountsByDns(() => ['127.0.0.2', '127.0.0.1'], { isPublic })
    expect(answer).to.equal(null)
    const mixed = await accountsByDns(() => ['127.0.0.2', '::1'], { isPublic })
    expect(mixed.answer).to.equal(null)
    expect(canary.connections).to.deep.equal([])
  })

  it('is resolved once: what its name means by the time of the connection does not count', async () => {
    const isPublic = (address: string): boolean => address === '127.0.0.2'
    const { answer, queries } = await accountsByDns(
      (_, query) => (query < 2 ? ['127.0.0.2'] : ['127.0.0.1']),
      { isPublic },
    )
    expect([answer, queries]).to.deep.equal([[ACCOUNT], 2])
    expect(canary.connections).to.deep.equal(['127.0.0.2'])
  })

  it('gets no request where the connection ends at another address than the one that was checked', async () => {
    // The system takes 0.0.0.0 for "this machine" and connects to 127.0.0.1.
    const { answer } = await accountsByDns(() => ['0.0.0.0'], { isPublic: () => true })
    expect(answer).to.equal(null)
    expect(canary.connections).to.deep.equal(['127.0.0.1'])
    expect(canary.requests).to.deep.equal([])
  })

  it('does not lead on to loopback by a redirect', async () => {
    const isPublic = (address: string): boolean => address === '127.0.0.2'
    for (const host of ['127.0.0.1', 'localhost', DOMAIN]) {
      const location = `https://${host}:${canary.port}/secret`
      canary.serve(says('', 302, { location }))
      const { answer } = await accountsByDns(() => ['127.0.0.2'], { isPublic })
      expect([answer, canary.requests.length], host).to.deep.equal([null, 1])
      expect(canary.connections).to.deep.equal(['127.0.0.2'])
    }
  })

  it('is given up in time where its name server says nothing', async () => {
    const before = performance.now()
    expect((await accountsByDns(() => null)).answer).to.equal(null)
    expect(performance.now() - before).to.be.below(TIMEOUT_MS + 1_000)
  })
})
