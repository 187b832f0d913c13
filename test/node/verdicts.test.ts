/** Defends verdicts that rest on a domain, from a real look-up to the check's code, and a school's name against impostors. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import type { Internet } from '../../node/domain.ts'
import { portsOf } from '../../node/ports.ts'
import { verifierOf } from '../../server/verifier.ts'
import { didPkh, gather, printCertificate, verify } from '../../src/index.ts'
import type { Certificate, Policy, Request, Verdict } from '../../src/index.ts'
import { providerOf } from '../support/provider.ts'
import {
  certificateAt,
  credentialJson,
  HEAD_TIME,
  ISSUER,
  issueBatch,
  ledgerOf,
  NOW,
  policyJson,
  policyOf,
  STRANGER,
} from '../support/world.ts'
import { certificateFor } from './certificate.ts'
import { didDocument, openSite, says } from './web.ts'
import type { Serve, Site } from './web.ts'

const DOMAIN = 'school.example'
const OWN_DOMAIN = 'schoo1.example'
const SCHOOL = `eip155:31337:${ISSUER}`
const IMPOSTOR = `eip155:31337:${STRANGER}`
const HERE = '127.0.0.1'

describe('verdicts with domains that are really asked', () => {
  const certificate = certificateFor(DOMAIN, OWN_DOMAIN, 'localhost')
  const asked: string[] = []
  let site: Site
  let internet: Internet
  before(async () => {
    site = await openSite(certificate)
    internet = {
      addressesOf: (name) => Promise.resolve((asked.push(name), [HERE])),
      isPublic: (address) => address === HERE,
      port: site.port,
      ca: certificate.cert,
    }
  })
  after(() => site.close())
  beforeEach(() => {
    asked.length = 0
  })

  async function verdictOn(
    subject: Certificate,
    policy: Policy,
    { ledger = ledgerOf(), serve, at = internet }: Asking,
  ): Promise<Verdict> {
    site.serve(serve)
    const evidence = await gather(subject, policy, {
      ...portsOf(policy, new Set(), at),
      connect: () => providerOf(ledger, { headTime: HEAD_TIME }),
    })
    return verify(subject, evidence, policy, NOW)
  }

  type Asking = { ledger?: ReturnType<typeof ledgerOf>; serve: Serve; at?: Internet }

  const byDomain = policyOf({ issuers: [], domains: [DOMAIN] })
  const unvouched = (code: string): object => ({ outcome: 'undetermined', code })

  describe('of an honest certificate whose policy lists a domain and no issuer', () => {
    const cases: Readonly<Record<string, [serve: Serve, check: object]>> = {
      'passes where the domain names the account': [
        says(didDocument(IMPOSTOR, SCHOOL)),
        { outcome: 'passed' },
      ],
      'disagrees where it names others': [
        says(didDocument(IMPOSTOR)),
        unvouched('domain-disagrees'),
      ],
      'is unvouched where it names none': [says(didDocument()), unvouched('issuer-unvouched')],
      'is unvouched where it has no document': [says('', 404), unvouched('issuer-unvouched')],
      'cannot tell where it fails': [says('', 503), unvouched('domain-unavailable')],
      'cannot tell where it says no JSON': [says('<html>'), unvouched('domain-unavailable')],
      'cannot tell where it leads elsewhere': [
        says(didDocument(SCHOOL), 302, { location: 'https://127.0.0.1/' }),
        unvouched('domain-unavailable'),
      ],
      'cannot tell where it is silent': [() => undefined, unvouched('domain-unavailable')],
    }
    for (const [what, [serve, check]] of Object.entries(cases)) {
      it(`the issuer's check ${what}`, async () => {
        const verdict = await verdictOn(certificateAt(3), byDomain, { serve })
        expect(verdict.checks.issuer).to.deep.equal(check)
        const isPassed = verdict.checks.issuer.outcome === 'passed'
        expect(verdict.outcome).to.equal(isPassed ? 'valid' : 'undetermined')
      })
    }

    it("the issuer's check cannot tell where nobody listens, or the name leads to loopback", async () => {
      const gone = await openSite(certificate)
      await gone.close()
      const serve = says(didDocument(SCHOOL))
      for (const change of [{ port: gone.port }, { isPublic: () => false }]) {
        const at = { ...internet, ...change }
        const verdict = await verdictOn(certificateAt(3), byDomain, { serve, at })
        expect(verdict.checks.issuer).to.deep.equal(unvouched('domain-unavailable'))
        expect(site.connections).to.deep.equal([])
      }
    })

    it("the issuer's check passes by the document in time, however long the resolver takes", async () => {
      const resolver = await openSite(certificate)
      try {
        resolver.serve(() => undefined)
        const policy = policyOf({
          issuers: [],
          domains: [DOMAIN],
          resolver: `https://localhost:${resolver.port}/dns-query`,
          timeoutMs: 1_600,
        })
        const verdict = await verdictOn(certificateAt(3), policy, {
          serve: says(didDocument(SCHOOL)),
        })
        expect(verdict.outcome).to.equal('valid')
        expect(resolver.requests).to.have.length(1)
      } finally {
        await resolver.close()
      }
    })

    it('an issuer whom the policy names passes whatever the domain says, which is a note', async () => {
      const policy = policyOf({ domains: [DOMAIN] })
      for (const serve of [says(didDocument(IMPOSTOR)), says('', 500), says('', 404)]) {
        expect((await verdictOn(certificateAt(3), policy, { serve })).outcome).to.equal('valid')
      }
    })
  })

  describe('of an impostor who has a domain of his own and the name of a school', () => {
    /** The impostor anchored it himself; what it says of its issuer is his to choose. */
    function forged(id: string): { subject: Certificate; ledger: ReturnType<typeof ledgerOf> } {
      const issuer = { id, type: ['Profile'], name: 'Organisme Exemple', url: `https://${DOMAIN}` }
      const batch = issueBatch([{ ...credentialJson(3), issuer }], {
        issuer: STRANGER,
        label: 'impostor',
      })
      const [subject] = batch.certificates
      if (subject === undefined) throw new Error('an empty batch')
      return { subject, ledger: ledgerOf(batch, STRANGER) }
    }

    /** Each domain names its owner: the school's the school, his own him. */
    const everyone: Serve = (request, response) => {
      const isOwn = request.headers.host?.startsWith(OWN_DOMAIN) === true
      response.end(didDocument(isOwn ? IMPOSTOR : SCHOOL))
    }
    const own = didPkh('31337', STRANGER)
    const policies = {
      'names the school': policyOf(),
      'lists its domain too': policyOf({ domains: [DOMAIN] }),
      'lists its domain only': byDomain,
    }
    const disguises: Readonly<Record<string, [id: string, codes: readonly string[]]>> = {
      'his own account': [own, ['issuer-unvouched', 'domain-disagrees', 'domain-disagrees']],
      "the school's account": [
        didPkh('31337', ISSUER),
        ['issuer-mismatch', 'issuer-mismatch', 'issuer-mismatch'],
      ],
      "the school's domain": [
        `did:web:${DOMAIN}`,
        ['issuer-mismatch', 'issuer-mismatch', 'issuer-mismatch'],
      ],
      'his own domain': [
        `did:web:${OWN_DOMAIN}`,
        ['issuer-mismatch', 'issuer-mismatch', 'issuer-mismatch'],
      ],
    }
    for (const [disguise, [id, codes]] of Object.entries(disguises)) {
      for (const [position, [what, policy]] of Object.entries(policies).entries()) {
        it(`is never valid as ${disguise}, where the policy ${what}`, async () => {
          const { subject, ledger } = forged(id)
          const verdict = await verdictOn(subject, policy, { ledger, serve: everyone })
          expect(verdict.checks.issuer).to.have.property('code', codes[position])
          expect(verdict.outcome).to.not.equal('valid')
          // What a certificate says of its issuer leads no look-up anywhere.
          expect(asked).to.deep.equal(policy.domains)
        })
      }
    }

    it('is valid only to somebody who lists the domain of the impostor', async () => {
      const policy = policyOf({ issuers: [], domains: [OWN_DOMAIN] })
      const { subject, ledger } = forged(own)
      const verdict = await verdictOn(subject, policy, { ledger, serve: everyone })
      expect([verdict.outcome, verdict.issuer?.name, verdict.issuer?.domain]).to.deep.equal([
        'valid',
        null,
        OWN_DOMAIN,
      ])
    })
  })
})

describe("the server's verifier", () => {
  it('asks a provider for its first block once, however many certificates it judges', async () => {
    const calls: string[] = []
    const node: Request = providerOf(ledgerOf(), { headTime: HEAD_TIME })
    const server = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = []
        for await (const chunk of request) chunks.push(chunk as Buffer)
        const call = JSON.parse(Buffer.concat(chunks).toString()) as {
          id: number
          method: string
          params: unknown[]
        }
        calls.push(`${call.method} ${String(call.params[0])}`)
        const result = await node(call).catch(() => null)
        response.end(JSON.stringify({ jsonrpc: '2.0', id: call.id, result }))
      })()
    })
    server.listen(0, HERE)
    await once(server, 'listening')
    try {
      const url = `http://${HERE}:${(server.address() as AddressInfo).port}/`
      const policy = policyOf({ ...policyJson(), providers: { 31337: [url] } })
      const verifier = verifierOf(policy, () => (HEAD_TIME + 60) * 1_000)
      for (const index of [1, 2, 3]) {
        const verdict = await verifier.verdictOn(printCertificate(certificateAt(index)))
        expect(verdict.outcome).to.equal('valid')
      }
      const first = calls.filter((call) => call === 'eth_getBlockByNumber 0x0')
      expect(first).to.have.length(1)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})
