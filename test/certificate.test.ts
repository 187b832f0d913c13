/** Defends the file a holder keeps: its limits, what its proof array may hold, and what hiding does and refuses. */
import { expect } from 'chai'
import {
  canonicalText,
  commitmentOfCertificate,
  hideClaims,
  MAX_CERTIFICATE_BYTES,
  parseCertificate,
  parseJson,
  parsePointer,
  printCertificate,
  utf8,
} from '../src/index.ts'
import type { Json } from '../src/index.ts'
import {
  entryOf,
  HONEST,
  parsed,
  textOf,
  withDocument,
  withProof,
} from './support/attacks/forge.ts'
import type { Mutable } from './support/attacks/forge.ts'
import { refusalOf } from './support/errors.ts'
import {
  BATCH,
  certificateAt,
  credentialJson,
  issueBatch,
  judged,
  ledgerOf,
} from './support/world.ts'

const pointer = (name: string) => parsePointer(`/credentialSubject/${name}`, 'pointer')
const reading = (text: string): string => refusalOf(() => parseCertificate(utf8(text)))
const names = (count: number) => Array.from({ length: count }, (_, at) => `claim${at}`)
const SALT = `0x${'0'.repeat(32)}`
const DIGEST = `0x${'0'.repeat(64)}`

/** The honest certificate with these entries beside its own in `proof`. */
function beside(...others: unknown[]): string {
  return withDocument((document) => {
    ;(document['proof'] as unknown[]).push(...others)
  })
}

describe('a certificate', () => {
  it('is a JSON object, with white space around it if need be', () => {
    expect(reading(`\n ${HONEST} \n`)).to.equal('accepted')
    for (const text of ['[]', 'null', '"certificate"', '7']) {
      expect(reading(text), text).to.equal('wrong-type at ')
    }
    expect(reading(`${HONEST}{}`)).to.match(/^not-json/)
  })

  it('has at most 640 KiB, white space at its end included, before anything of it is read', () => {
    const room = MAX_CERTIFICATE_BYTES - utf8(HONEST).length
    expect(MAX_CERTIFICATE_BYTES).to.equal(655_360)
    expect(reading(HONEST + ' '.repeat(room))).to.equal('accepted')
    expect(reading(HONEST + ' '.repeat(room + 1))).to.equal('too-large at ')
    expect(reading('{'.repeat(MAX_CERTIFICATE_BYTES + 1))).to.equal('too-large at ')
  })

  it('is read again as it is printed', () => {
    for (const certificate of BATCH.certificates) {
      expect(parseCertificate(printCertificate(certificate))).to.deep.equal({
        ...certificate,
        credential: parseCertificate(utf8(textOf(certificate))).credential,
      })
    }
  })
})

describe('the proof array', () => {
  it('has to be there, and an array', () => {
    const withProofs = (proof: unknown) =>
      reading(withDocument((document) => Object.assign(document, { proof })))
    expect(reading(withDocument((document) => Reflect.deleteProperty(document, 'proof')))).to.equal(
      'no-proof at /proof',
    )
    expect(withProofs([])).to.equal('no-proof at /proof')
    expect(withProofs(entryOf(parsed()))).to.equal('wrong-type at /proof')
    expect(withProofs(null)).to.equal('wrong-type at /proof')
    expect(withProofs([[entryOf(parsed())]])).to.equal('no-proof at /proof')
  })

  it('holds at most eight entries', () => {
    const seven = names(7).map((cryptosuite) => ({ cryptosuite }))
    const certificate = parseCertificate(utf8(beside(...seven)))
    expect(certificate.otherProofs).to.have.length(7)
    expect(reading(beside(...seven, {}))).to.equal('too-many-proofs at /proof')
  })

  it('holds one of ours, in whatever place', () => {
    expect(reading(beside(entryOf(parsed())))).to.equal('several-proofs at /proof/1')
    const last = withDocument((document) => {
      ;(document['proof'] as unknown[]).unshift({ cryptosuite: 'other' })
    })
    expect(reading(last)).to.equal('accepted')
    const spoilt = withDocument((document) => {
      ;(document['proof'] as unknown[]).unshift(null)
      ;(document['proof'] as Mutable[])[1] = { ...entryOf(parsed()), created: 'now' }
    })
    expect(reading(spoilt)).to.equal('unknown-member at /proof/1/created')
  })

  it('holds anything else, which is kept and not looked at', () => {
    const others = [null, 7, 'proof', [entryOf(parsed())], { proofValue: 'u' }]
    const certificate = parseCertificate(utf8(beside(...others)))
    expect(canonicalText([...certificate.otherProofs])).to.equal(canonicalText(others as Json[]))
    expect(parseJson(printCertificate(certificate))).to.deep.equal(
      parseJson(utf8(beside(...others))),
    )
  })

  it('knows ours by the exact spelling of its cryptosuite', () => {
    for (const spelling of [
      'Inaltera-merkle-2026',
      'INALTERA-MERKLE-2026',
      'inaltera-merkle-2026 ',
      'inaltera-merkle-2025',
      ['inaltera-merkle-2026'],
    ]) {
      const text = withDocument((document) => {
        entryOf(document)['cryptosuite'] = spelling
      })
      expect(reading(text), String(spelling)).to.equal('no-proof at /proof')
      const two = beside({ ...entryOf(parsed()), cryptosuite: spelling })
      expect(parseCertificate(utf8(two)).otherProofs).to.have.length(1)
    }
  })
})

describe('the pointers of a certificate', () => {
  it('are at most 64, disclosed and hidden together', () => {
    const pointers = names(64).map(pointer)
    const batch = issueBatch([credentialJson(0)], { pointers })
    const [certificate] = batch.certificates
    if (certificate === undefined) throw new Error('an empty batch')
    expect(reading(textOf(certificate))).to.equal('accepted')
    const partly = hideClaims(certificate, pointers.slice(0, 60))
    expect(reading(textOf(partly))).to.equal('accepted')
    for (const [member, value] of [
      ['disclosed', SALT],
      ['hidden', DIGEST],
    ] as const) {
      const more = withProof((proof) => {
        ;(proof[member] as Mutable)['/credentialSubject/oneMore'] = value
      }, textOf(partly))
      expect(reading(more)).to.equal('too-many-pointers at /proof')
    }
  })

  it('stand in one of the two and not in both', () => {
    const hidden = textOf(hideClaims(certificateAt(3), [pointer('email')]))
    const twice = withProof((proof) => {
      ;(proof['disclosed'] as Mutable)['/credentialSubject/email'] = SALT
    }, hidden)
    expect(reading(twice)).to.equal('pointer-twice at /credentialSubject/email')
  })

  it('name no member that stands in the document where they are hidden', () => {
    const hidden = textOf(hideClaims(certificateAt(3), [pointer('email')]))
    const document = parsed(hidden)
    ;(document['credentialSubject'] as Mutable)['email'] = 'mallory@example.org'
    const refusal = 'hidden-member-present at /credentialSubject/email'
    expect(reading(JSON.stringify(document))).to.equal(refusal)
  })

  it('are pointers of the one form', () => {
    for (const text of [
      '/credentialSubject/achievement',
      '/validUntil',
      '/credentialSubject/a/b',
    ]) {
      const named = withProof((proof) => {
        ;(proof['hidden'] as Mutable)[text] = DIGEST
      })
      expect(reading(named), text).to.match(/^bad-pointer at \/proof\/0\/proofValue\/hidden\//)
    }
  })
})

describe('hiding', () => {
  it('drops the other proofs, which would not hold any more', async () => {
    const certificate = parseCertificate(utf8(beside({ cryptosuite: 'other' })))
    expect(certificate.otherProofs).to.have.length(1)
    const presentation = hideClaims(certificate, [pointer('email')])
    expect(presentation.otherProofs).to.deep.equal([])
    expect(textOf(presentation)).not.to.include('"other"')
    expect((await judged(presentation)).outcome).to.equal('valid')
    expect(hideClaims(certificate, []).otherProofs).to.deep.equal([])
  })

  it('is refused for a claim that the batch does not let its holder hide', () => {
    const role = issueBatch([
      {
        ...credentialJson(0),
        credentialSubject: {
          ...(credentialJson(0)['credentialSubject'] as Record<string, Json>),
          role: 'Welder',
        },
      },
    ])
    const certificate = role.certificates[0] ?? certificateAt(0)
    for (const name of ['role', 'nothing']) {
      expect(refusalOf(() => hideClaims(certificate, [pointer(name)]))).to.equal(
        `bad-pointer at /credentialSubject/${name}`,
      )
    }
    expect(refusalOf(() => hideClaims(certificate, [pointer('email'), pointer('role')]))).to.equal(
      'bad-pointer at /credentialSubject/role',
    )
  })

  it('of what is hidden already changes nothing', () => {
    const once = hideClaims(certificateAt(3), [pointer('email')])
    const again = hideClaims(once, [pointer('email'), pointer('email')])
    expect(textOf(again)).to.equal(textOf(once))
    expect(textOf(hideClaims(certificateAt(3), [pointer('email'), pointer('email')]))).to.equal(
      textOf(once),
    )
  })

  it('of a claim that the row left empty keeps commitment and verdict', async () => {
    const certificate = certificateAt(3)
    expect(credentialJson(3)['credentialSubject']).not.to.have.property('birthDate')
    const presentation = hideClaims(certificate, [pointer('birthDate')])
    expect(commitmentOfCertificate(presentation)).to.equal(commitmentOfCertificate(certificate))
    expect((await judged(presentation, { ledger: ledgerOf() })).outcome).to.equal('valid')
  })
})
