/** Defends the learner's link: what it names and hides, and that nobody sends its secret in clear. */
import { expect } from 'chai'
import fc from 'fast-check'
import { cidOf, cidOfNode } from '../../src/ipfs/cid.ts'
import { holderLink, parseHolderLink } from '../../src/ipfs/link.ts'
import { base64urlOf, utf8 } from '../../src/primitives/bytes.ts'
import { FormatError, InvariantError } from '../../src/primitives/errors.ts'
import { refusalOf } from '../support/errors.ts'

const CID = cidOf(utf8('a sealed document'))
const SECRET = Uint8Array.from({ length: 32 }, (_, at) => at)
const FRAGMENT = base64urlOf(SECRET)

const ORIGINS = [
  'https://inaltera.example',
  'https://certificats.ecole.example:8443',
  'https://xn--cole-9oa.example',
  'https://192.0.2.7',
  'https://[2001:db8::1]:444',
  'http://localhost',
  'http://localhost:65535',
  'http://127.0.0.1:3000',
  'http://127.255.0.9',
  'http://[::1]:3000',
]

const NO_ORIGINS = [
  'http://inaltera.example',
  'http://127.0.0.1.evil.example',
  'http://localhost.evil.example',
  'http://evil-localhost',
  'http://10.0.0.1',
  'http://128.0.0.1',
  'http://127.1',
  'http://[::2]',
  'https://user@inaltera.example',
  'https://user:password@inaltera.example',
  'http://127.0.0.1@evil.example',
  'http://localhost:80@evil.example',
  'https://inaltera.example:0',
  'https://inaltera.example:65536',
  'https://inaltera.example:',
  'https://inaltera.example/path',
  'https://inaltera.example?c',
  'https://inaltera.example//',
  'https://',
  'https://école.example',
  'ftp://inaltera.example',
  'javascript:alert(1)//',
  'inaltera.example',
  '//inaltera.example',
  '',
]

describe('a holder link', () => {
  it('comes back with all it was made of', () => {
    const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(fc.constantFrom(...ORIGINS), secrets, (origin, linkSecret) => {
        const link = holderLink(origin, CID, linkSecret)
        expect(link).to.equal(`${origin}/c/${CID}#${Buffer.from(linkSecret).toString('base64url')}`)
        const parsed = parseHolderLink(link, 'link')
        expect(parsed).to.include({ origin, cid: CID })
        expect(Buffer.from(parsed.linkSecret).equals(linkSecret)).to.equal(true)
        const url = new URL(link)
        expect([url.pathname, url.hash.slice(1).length]).to.deep.equal([`/c/${CID}`, 43])
      }),
    )
  })

  it('is made of an address with a slash at its end, or of one in capitals', () => {
    const link = `https://inaltera.example/c/${CID}#${FRAGMENT}`
    expect(holderLink('https://inaltera.example/', CID, SECRET)).to.equal(link)
    expect(holderLink('HTTPS://Inaltera.Example', CID, SECRET)).to.equal(link)
    const shouted = link.replace('https://inaltera', 'HTTPS://INALTERA')
    expect(parseHolderLink(shouted, 'link').origin).to.equal('https://inaltera.example')
  })

  it('leads nowhere but to https, or to this machine', () => {
    for (const origin of NO_ORIGINS) {
      expect(
        refusalOf(() => holderLink(origin, CID, SECRET)),
        origin,
      ).to.equal('bad-link at base')
      const link = `${origin}/c/${CID}#${FRAGMENT}`
      expect(
        refusalOf(() => parseHolderLink(link, 'link')),
        origin,
      ).to.equal('bad-link at link')
    }
  })

  it('names one document and one secret, in one spelling', () => {
    const link = holderLink('https://inaltera.example', CID, SECRET)
    const others: unknown[] = [
      link.replace('#', ''),
      link.slice(0, -43),
      link.slice(0, -1),
      `${link}A`,
      `${link}=`,
      `${link}\n`,
      `${link}#${FRAGMENT}`,
      ` ${link}`,
      link.replace('/c/', '/s/'),
      link.replace('/c/', '/c//'),
      link.replace('#', '/#'),
      link.replace('#', '?a#'),
      link.replace(CID, cidOfNode(utf8('a node'))),
      link.replace(CID, CID.toUpperCase()),
      link.replace(CID, 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'),
      link.replace(FRAGMENT, base64urlOf(SECRET.subarray(1))),
      link.replace(FRAGMENT, `${FRAGMENT.slice(0, -1)}9`),
      '',
      undefined,
      [link],
    ]
    for (const other of others) {
      expect(refusalOf(() => parseHolderLink(other, '/link'))).to.equal('bad-link at /link')
    }
    expect(refusalOf(() => parseHolderLink('', ''))).to.equal('bad-link at ')
  })

  it('is not repeated by the error that refuses it', () => {
    const link = holderLink('https://inaltera.example', CID, SECRET).replace('https:', 'ftp:')
    let message = ''
    try {
      parseHolderLink(link, 'link')
    } catch (error) {
      message = error instanceof FormatError ? `${error.message}${String(error.stack)}` : ''
    }
    expect(message).to.contain('is not a link').and.not.to.contain(FRAGMENT.slice(0, 8))
  })

  it('is not made of another secret or of no CID', () => {
    const make = (cid: string, secret: Uint8Array): string =>
      holderLink('https://inaltera.example', cid, secret)
    expect(() => make(CID, SECRET.subarray(1))).to.throw(InvariantError)
    expect(refusalOf(() => make('..', SECRET))).to.equal('bad-cid at cid')
  })
})
