/** Defends what a domain is taken to say: documents and DNS answers are read strictly, and never fail a certificate. */
import { expect } from 'chai'
import fc from 'fast-check'
import {
  accountsOfDidDocument,
  accountsOfTxtAnswer,
  concat,
  didDocumentUrl,
  domainAnswerOf,
  MAX_DID_DOCUMENT_BYTES,
  txtNameOf,
  txtQueryOf,
  utf8,
} from '../../src/index.ts'
import { FormatError } from '../../src/primitives/errors.ts'
import { refusalOf } from '../support/errors.ts'

const ACCOUNT = `eip155:1:0x${'ab'.repeat(20)}`
const OTHER = `eip155:10:0x${'cd'.repeat(20)}`
const DOMAIN = 'school.example'
const [TXT, CNAME, IN] = [16, 5, 1]

describe('a DID document', () => {
  const read = (json: unknown) => accountsOfDidDocument(utf8(JSON.stringify(json)))

  it('names the accounts that it is also known as, in their one spelling', () => {
    expect(read({ alsoKnownAs: [`did:pkh:${ACCOUNT}`, `did:pkh:${OTHER}`] })).to.deep.equal([
      ACCOUNT,
      OTHER,
    ])
    const none = [
      ACCOUNT,
      `did:pkh:${ACCOUNT.toUpperCase()}`,
      `did:pkh:${ACCOUNT}#key`,
      ` did:pkh:${ACCOUNT}`,
      'did:pkh:solana:x:y',
      'https://school.example',
      7,
      null,
      [`did:pkh:${ACCOUNT}`],
    ]
    expect(read({ id: `did:pkh:${ACCOUNT}`, alsoKnownAs: none })).to.deep.equal([])
    expect(read({ alsoKnownAs: `did:pkh:${ACCOUNT}` })).to.deep.equal([])
    expect(read({})).to.deep.equal([])
  })

  it('is a JSON object of limited size', () => {
    expect(refusalOf(() => read([]))).to.equal('wrong-type at ')
    expect(refusalOf(() => accountsOfDidDocument(utf8('<html>')))).to.match(/^not-json/)
    expect(
      refusalOf(() => accountsOfDidDocument(new Uint8Array(MAX_DID_DOCUMENT_BYTES + 1))),
    ).to.equal('too-large at ')
    const twice = utf8(`{"alsoKnownAs":[],"alsoKnownAs":["did:pkh:${ACCOUNT}"]}`)
    expect(refusalOf(() => accountsOfDidDocument(twice))).to.match(/^duplicate-key/)
  })

  it('stands where did:web has it', () => {
    expect(didDocumentUrl(DOMAIN)).to.equal('https://school.example/.well-known/did.json')
  })
})

function uint16(value: number): number[] {
  return [value >> 8, value & 255]
}

function nameOf(name: string): Uint8Array {
  const labels = name.split('.').map((label) => concat(Uint8Array.of(label.length), utf8(label)))
  return concat(...labels, Uint8Array.of(0))
}

interface Answer {
  readonly owner?: Uint8Array
  readonly type?: number
  readonly texts?: readonly string[]
  readonly data?: Uint8Array
}

/** The owner of most answers: a pointer to the name in the question. */
const POINTER = Uint8Array.of(0xc0, 12)

function record({ owner = POINTER, type = TXT, texts = [], data }: Answer): Uint8Array {
  const strings = texts.map((text) => concat(Uint8Array.of(text.length), utf8(text)))
  const body = data ?? concat(...strings)
  return concat(
    owner,
    Uint8Array.from([...uint16(type), ...uint16(IN), 0, 0, 1, 44, ...uint16(body.length)]),
    body,
  )
}

/** A DNS answer (RFC 1035 section 4) to the query of the domain. */
function message(answers: readonly Answer[], flags = 0x8180, name = txtNameOf(DOMAIN)): Uint8Array {
  const counts = [...uint16(1), ...uint16(answers.length), 0, 0, 0, 0]
  const question = concat(nameOf(name), Uint8Array.from([...uint16(TXT), ...uint16(IN)]))
  return concat(
    Uint8Array.from([0, 0, ...uint16(flags), ...counts]),
    question,
    ...answers.map(record),
  )
}

describe('a DNS answer', () => {
  const read = (bytes: Uint8Array) => accountsOfTxtAnswer(bytes, DOMAIN)
  const named = `inaltera=${ACCOUNT}`

  it('is asked for as RFC 8484 says', () => {
    const query = txtQueryOf(DOMAIN)
    expect([...query.subarray(0, 12)]).to.deep.equal([0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0])
    expect([...query.subarray(12)]).to.deep.equal([
      ...nameOf('_inaltera.school.example'),
      0,
      16,
      0,
      1,
    ])
  })

  it('names the accounts of its TXT records, whose strings are joined', () => {
    const split = [named.slice(0, 20), named.slice(20)]
    expect(read(message([{ texts: [named] }, { texts: ['v=spf1 -all'] }]))).to.deep.equal([ACCOUNT])
    expect(read(message([{ texts: split }, { texts: [`inaltera=${OTHER}`] }]))).to.deep.equal([
      ACCOUNT,
      OTHER,
    ])
    const spelled = nameOf('_INALTERA.School.example')
    expect(read(message([{ owner: spelled, texts: [named] }]))).to.deep.equal([ACCOUNT])
    expect(read(message([]))).to.deep.equal([])
    expect(read(message([], 0x8183))).to.deep.equal([])
  })

  it('names nothing in records of another name, type or spelling', () => {
    const none: Answer[] = [
      { owner: nameOf('school.example'), texts: [named] },
      { type: CNAME, data: nameOf('elsewhere.example') },
      { texts: [` ${named}`] },
      { texts: [`${named} `] },
      { texts: [named.toUpperCase()] },
      { texts: [ACCOUNT] },
    ]
    for (const one of none) expect(read(message([one]))).to.deep.equal([])
  })

  it('is refused where it is no whole answer to the question', () => {
    const whole = message([{ texts: [named] }])
    const refused: Uint8Array[] = [
      new Uint8Array(0),
      txtQueryOf(DOMAIN),
      message([{ texts: [named] }], 0x8380),
      message([], 0x8182),
      message([{ texts: [named] }], 0x8180, '_inaltera.other.example'),
      message([{ data: Uint8Array.of(9, 65) }]),
      message([{ owner: Uint8Array.of(0xc0, 0xff), texts: [named] }]),
    ]
    for (let length = 0; length < whole.length; length++) refused.push(whole.subarray(0, length))
    for (const one of refused) expect(() => read(one)).to.throw(FormatError)
  })

  it('of any bytes ends, in accounts or in a refusal', () => {
    const whole = message([{ texts: [named] }, { texts: [`inaltera=${OTHER}`] }])
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 6 }),
        (changes) => {
          const bytes = Uint8Array.from(whole)
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte
          try {
            expect(read(bytes)).to.be.an('array')
          } catch (error) {
            expect(error).to.be.instanceOf(FormatError)
          }
        },
      ),
    )
  })
})

describe('both together', () => {
  it('name what either does, and are silent only where neither was heard', () => {
    expect(domainAnswerOf(DOMAIN, [ACCOUNT], null)).to.deep.equal({
      domain: DOMAIN,
      accounts: [ACCOUNT],
    })
    expect(domainAnswerOf(DOMAIN, [ACCOUNT], [ACCOUNT, OTHER]).accounts).to.deep.equal([
      ACCOUNT,
      OTHER,
    ])
    expect(domainAnswerOf(DOMAIN, null, []).accounts).to.deep.equal([])
    expect(domainAnswerOf(DOMAIN, null, null).accounts).to.equal(null)
  })
})
