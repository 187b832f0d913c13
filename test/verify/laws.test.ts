import { expect } from 'chai'
import fc from 'fast-check'
import {
  canonicalText,
  commitmentOfCertificate,
  FormatError,
  hideClaims,
  parseCertificate,
  parseJson,
  printCertificate,
  utf8,
} from '../../src/index.ts'
import type { Certificate, Evidence, Json, Outcome } from '../../src/index.ts'
import { verify } from '../../src/index.ts'
import { withChain } from '../support/ledger.ts'
import {
  BATCH,
  certificateAt,
  credentialJson,
  evidenceOf,
  issueBatch,
  judged,
  ledgerOf,
  NOW,
  POINTERS,
  policyOf,
} from '../support/world.ts'

const RUNS = Number(process.env['INALTERA_PROPERTY_RUNS'] ?? 100)
const index = fc.integer({ min: 0, max: 6 })

/** Every place of a document that holds a plain value, as a path of names. */
function leavesOf(json: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof json !== 'object' || json === null) return [path]
  return Object.entries(json).flatMap(([name, value]) => leavesOf(value as Json, [...path, name]))
}

/** The document with the value at `path` replaced by one that differs. */
function changedAt(json: Json, path: readonly string[], value: Json): Json {
  const [name, ...rest] = path
  if (name === undefined) return value
  if (Array.isArray(json)) {
    return json.map((item: Json, at) => (String(at) === name ? changedAt(item, rest, value) : item))
  }
  const object = json as Record<string, Json>
  return { ...object, [name]: changedAt(object[name] ?? null, rest, value) }
}

async function outcomeOfText(text: string): Promise<Outcome> {
  let certificate: Certificate
  try {
    certificate = parseCertificate(utf8(text))
  } catch (error) {
    if (error instanceof FormatError) return 'invalid'
    throw error
  }
  return (await judged(certificate)).outcome
}

describe('law 1: what is issued and anchored is valid', () => {
  it('whatever the text of its claims', async () => {
    const claims = fc.dictionary(
      fc.constantFrom('givenName', 'familyName', 'email', 'birthDate', 'result'),
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme-composite' })),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(claims, { minLength: 1, maxLength: 9 }), async (rows) => {
        const credentials = rows.map((row, i) => {
          const json = credentialJson(i)
          const subject = json['credentialSubject'] as Record<string, Json>
          return { ...json, credentialSubject: { ...subject, ...row } }
        })
        const batch = issueBatch(credentials)
        for (const certificate of batch.certificates) {
          const read = parseCertificate(printCertificate(certificate))
          expect((await judged(read, { ledger: ledgerOf(batch) })).outcome).to.equal('valid')
        }
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    )
  })
})

describe('law 2: what was changed is not', () => {
  it('whichever one value of the document it is', async () => {
    const honest = parseJson(printCertificate(certificateAt(3)))
    for (const path of leavesOf(honest)) {
      for (const value of ['Mallory', '', 7, true]) {
        const text = JSON.stringify(changedAt(honest, path, value))
        if (canonicalText(parseJson(utf8(text))) === canonicalText(honest)) continue
        expect(await outcomeOfText(text), path.join('/')).not.to.equal('valid')
      }
    }
  })

  it('and whichever bit of the file', async () => {
    const honest = printCertificate(certificateAt(3))
    const bits = fc.integer({ min: 0, max: honest.length * 8 - 1 })
    await fc.assert(
      fc.asyncProperty(bits, async (bit) => {
        const bytes = Uint8Array.from(honest)
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        try {
          const certificate = parseCertificate(bytes)
          expect((await judged(certificate)).outcome).not.to.equal('valid')
        } catch (error) {
          expect(error).to.be.instanceOf(FormatError)
        }
      }),
      { numRuns: RUNS * 5 },
    )
  })
})

describe('hiding', () => {
  it('any subset keeps the commitment and the verdict, in any order of hiding', async () => {
    const subset = fc.shuffledSubarray([...POINTERS])
    await fc.assert(
      fc.asyncProperty(index, subset, async (i, pointers) => {
        const certificate = certificateAt(i)
        let presentation = certificate
        for (const pointer of pointers) presentation = hideClaims(presentation, [pointer])
        const atOnce = hideClaims(certificate, pointers)
        expect(printCertificate(presentation)).to.deep.equal(printCertificate(atOnce))
        expect(commitmentOfCertificate(presentation)).to.equal(commitmentOfCertificate(certificate))
        const read = parseCertificate(printCertificate(presentation))
        const verdict = await judged(read)
        expect(verdict.outcome).to.equal('valid')
        expect(verdict.hidden).to.deep.equal([...pointers].sort())
      }),
      { numRuns: RUNS },
    )
  })

  it('tells nothing of a hidden claim but that it is there', () => {
    const hidden = hideClaims(certificateAt(1), POINTERS)
    const text = new TextDecoder().decode(printCertificate(hidden))
    const subject = credentialJson(1)['credentialSubject'] as Record<string, string>
    for (const name of ['familyName', 'email', 'birthDate'])
      expect(text).not.to.include(subject[name])
    // A row without the claim looks like one with it: the same pointers, each with a digest of its own.
    const withoutBirthDate = hideClaims(certificateAt(0), POINTERS)
    expect([...withoutBirthDate.hidden.keys()]).to.deep.equal([...hidden.hidden.keys()])
    expect(new Set([...hidden.hidden.values(), ...withoutBirthDate.hidden.values()]).size).to.equal(
      2 * POINTERS.length,
    )
  })
})

describe('law 3: an observation in place of silence never makes invalid valid', () => {
  it('whatever was not seen', async () => {
    const certificate = certificateAt(3)
    const ledgers = [
      ledgerOf(),
      ledgerOf().revoke(certificate.issuer, BATCH.root, 3),
      ledgerOf().suspend(certificate.issuer, BATCH.root, 3),
      ledgerOf().close(certificate.issuer, certificate.issuer, 1),
    ]
    for (const ledger of ledgers) {
      const whole = await evidenceOf(certificate, ledger)
      if (!whole.chain.observed) throw new Error('nothing was observed')
      const { storage } = whole.chain
      const seen = verify(certificate, whole, policyOf(), NOW).outcome
      for (const slot of Object.keys(storage)) {
        const part = Object.fromEntries(Object.entries(storage).filter(([name]) => name !== slot))
        const without = verify(certificate, withChain(whole, { storage: part }), policyOf(), NOW)
        expect(without.outcome, slot).not.to.equal('valid')
        if (without.outcome === 'invalid') expect(seen).to.equal('invalid')
      }
      const silent: Evidence = {
        ...whole,
        chain: { observed: false, code: 'timeout', providers: [] },
      }
      expect(verify(certificate, silent, policyOf(), NOW).outcome).to.equal('undetermined')
    }
  })
})

describe('text values', () => {
  it('have equal hashes where they are equal, and never where they are not', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed())
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [first, second, again] = [a, b, a].map((familyName) => {
          const json = credentialJson(0)
          const subject = json['credentialSubject'] as Record<string, Json>
          return issueBatch([{ ...json, credentialSubject: { ...subject, familyName } }]).root
        })
        expect(again).to.equal(first)
        expect(second === first).to.equal(a === b)
      }),
      { numRuns: RUNS },
    )
  })
})
