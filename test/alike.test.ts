/** Defends certificates made and known by their bytes: what is joined is what is printed, and nothing else is known. */
import { expect } from 'chai'
import fc from 'fast-check'
import {
  alikeCertificates,
  bytesOfHex,
  canonicalBytes,
  commitmentCutter,
  commitmentOfCertificate,
  concat,
  MAX_CERTIFICATE_BYTES,
  parsePointer,
  printCertificate,
  saltBytesOf,
  utf8,
} from '../src/index.ts'
import type { AlikeCertificates, Certificate, Json, JsonObject } from '../src/index.ts'
import { plainCommitment } from './support/commitment.ts'
import { bytesFor } from './support/ledger.ts'
import { jsons } from './support/json.ts'
import {
  BATCH,
  certificateAt,
  credentialJson,
  HOME,
  ISSUER,
  issueBatch,
  POINTERS,
} from './support/world.ts'

const FACTS = { home: HOME, issuer: ISSUER, root: BATCH.root, size: BATCH.size, pointers: POINTERS }

/** Each certificate of the batch as its printed bytes, and what it is made of. */
const MADE = BATCH.certificates.map((certificate) => ({
  bytes: printCertificate(certificate),
  credential: canonicalBytes(certificate.credential),
  salts: saltBytesOf(bytesFor(`batch seed ${certificate.index}`), POINTERS.length),
  commitment: bytesOfHex(commitmentOfCertificate(certificate)),
  place: placeOf(certificate),
}))

function placeOf({ index, path }: Certificate): { index: number; path: Uint8Array } {
  return { index, path: concat(...path.map(bytesOfHex)) }
}

/** Whether bytes pass for the certificate at a place. */
function knows(alike: AlikeCertificates, bytes: Uint8Array, index: number): boolean {
  const { place, commitment } = madeAt(index)
  return alike.isOf(bytes, place, commitment)
}

function madeAt(index: number): (typeof MADE)[number] {
  const made = MADE[index]
  if (made === undefined) throw new Error(`the batch has no certificate ${index}`)
  return made
}

/** The text of a certificate, changed. */
function changed(index: number, change: (text: string) => string): Uint8Array {
  const text = new TextDecoder().decode(madeAt(index).bytes)
  const other = change(text)
  expect(other, 'is a change').not.to.equal(text)
  return utf8(other)
}

describe('the certificates of a batch', () => {
  it('are the same bytes, joined of a credential, a path and salts', () => {
    const alike = alikeCertificates(FACTS)
    for (const { credential, place, salts, bytes } of MADE) {
      expect(alike.join(credential, place, salts)).to.deep.equal(bytes)
    }
  })

  it('are known by their bytes, each in its own place', () => {
    const alike = alikeCertificates(FACTS)
    for (const [at, { bytes }] of MADE.entries()) {
      expect(MADE.map((_, index) => knows(alike, bytes, index))).to.deep.equal(
        MADE.map((_, index) => index === at),
      )
    }
  })

  it('are not known with any byte changed, left out or added', () => {
    const alike = alikeCertificates(FACTS)
    const { bytes } = madeAt(1)
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = bytes.with(at, (bytes[at] ?? 0) ^ 1)
      const shorter = concat(bytes.subarray(0, at), bytes.subarray(at + 1))
      for (const other of [flipped, shorter]) {
        expect(knows(alike, other, 1), `at ${at}`).to.equal(false)
      }
    }
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.uint8Array({ minLength: 1 }), (at, more) => {
        const longer = concat(bytes.subarray(0, at), more, bytes.subarray(at))
        expect(knows(alike, longer, 1)).to.equal(false)
      }),
    )
  })

  const FORGERIES: Record<string, (text: string) => string> = {
    'a claim in another place': (text) =>
      text.replace(
        /("credentialSubject":\{.*?)("email":"[^"]*"),("familyName":"[^"]*")/,
        '$1$3,$2',
      ),
    'a claim twice': (text) => text.replace(/("email":"[^"]*"),/, '$1,$1,'),
    'a second subject': (text) =>
      text.replace('"credentialSubject":', '"credentialSubject":{},"credentialSubject":'),
    'a second proof': (text) => text.replace('"proof":', '"proof":[],"proof":'),
    'the proof in another place': (text) => {
      const proof = /,"proof":\[.*?\]/.exec(text)?.[0] ?? ''
      return `${text.replace(proof, '').slice(0, -1)}${proof}}`
    },
    'another entry beside ours': (text) => text.replace('"proof":[', '"proof":[{},'),
    'white space behind the subject': (text) => text.replace(/(,"id":"urn:uuid)/, ' $1'),
    'white space at the end': (text) => `${text} `,
    'something behind its end': (text) => `${text}{}`,
    'a proof value with padding': (text) => text.replace(/("proofValue":"[^"]*)"/, '$1="'),
    'nothing in it': () => '{}',
    'a list': (text) => `[${text}]`,
    'no end': (text) => text.slice(0, -1),
  }
  for (const [what, change] of Object.entries(FORGERIES)) {
    it(`are not known with ${what}`, () => {
      expect(knows(alikeCertificates(FACTS), changed(1, change), 1)).to.equal(false)
    })
  }

  it('are not known with a claim that is null where there was none', () => {
    const forged = changed(0, (text) => text.replace('"email":', '"birthDate":null,"email":'))
    expect(knows(alikeCertificates(FACTS), forged, 0)).to.equal(false)
  })

  it('are not known above the size that readers take', () => {
    const credential = { ...credentialJson(1), description: 'x'.repeat(MAX_CERTIFICATE_BYTES) }
    const { certificates, root } = issueBatch([credential])
    const [certificate] = certificates
    if (certificate === undefined) throw new Error('a batch of one has one')
    const alike = alikeCertificates({ ...FACTS, root, size: 1 })
    const salts = saltBytesOf(bytesFor('batch seed 0'), POINTERS.length)
    const bytes = alike.join(canonicalBytes(certificate.credential), placeOf(certificate), salts)
    expect(bytes).to.deep.equal(printCertificate(certificate))
    const commitment = bytesOfHex(commitmentOfCertificate(certificate))
    expect(alike.isOf(bytes, placeOf(certificate), commitment)).to.equal(false)
  })

  it('are not known with another path, or by another batch', () => {
    const { bytes, commitment, place } = madeAt(1)
    const alike = alikeCertificates(FACTS)
    expect(alike.isOf(bytes, { ...place, path: place.path.slice(32) }, commitment)).to.equal(false)
    expect(alike.isOf(bytes, { ...place, path: place.path.toReversed() }, commitment)).to.equal(
      false,
    )
    expect(alike.isOf(bytes, { ...place, index: 2 }, commitment)).to.equal(false)
    for (const other of [
      { ...FACTS, size: FACTS.size + 1 },
      { ...FACTS, root: `0x${'0'.repeat(64)}` as typeof BATCH.root },
      { ...FACTS, issuer: certificateAt(0).root.slice(0, 42) as typeof ISSUER },
      { ...FACTS, pointers: POINTERS.slice(1) },
    ]) {
      expect(knows(alikeCertificates(other), bytes, 1)).to.equal(false)
    }
  })
})

describe('a commitment that is cut', () => {
  const names = fc.oneof(
    fc.constantFrom('email', 'result', 'a', 'zz', 'é', 'a"b', '\u{1f602}', 'name'),
    fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => /^[^@~/]+$/u.test(name)),
  )
  const subjects = fc.dictionary(
    names,
    jsons.filter((json) => json !== null),
  )

  it('is the one that reading gives, or none', () => {
    let cut = 0
    fc.assert(
      fc.property(subjects, fc.array(names), jsons, (subject, hidable, other) => {
        const pointers = [...new Set(hidable)]
          .filter((name) => !['id', 'type', 'achievement', '__proto__'].includes(name))
          .map((name) => parsePointer(`/credentialSubject/${name}`, 'pointer'))
        const credential: JsonObject = { credentialSubject: subject, a: other, validFrom: 'x' }
        const seed = bytesFor('a seed')
        const batch = { home: HOME.text, issuer: ISSUER, pointers }
        const bytes = canonicalBytes(credential)
        const found = commitmentCutter(batch)(bytes, saltBytesOf(seed, pointers.length))
        if (found === undefined) return
        cut += 1
        expect(found).to.deep.equal(plainCommitment(batch, credential, seed))
      }),
    )
    expect(cut).to.be.greaterThan(0)
  })

  it('is the one that reading gives of every certificate, with its proof and without', () => {
    const cut = commitmentCutter({ home: HOME.text, issuer: ISSUER, pointers: POINTERS })
    for (const { bytes, credential, salts, commitment } of MADE) {
      expect(cut(credential, salts)).to.deep.equal(commitment)
      expect(cut(bytes, salts)).to.deep.equal(commitment)
    }
  })

  it('is none of what has no subject, or one whose names plain bytes do not put in order', () => {
    const cut = commitmentCutter({ home: HOME.text, issuer: ISSUER, pointers: POINTERS })
    const salts = saltBytesOf(bytesFor('a seed'), POINTERS.length)
    const others: Json[] = [
      {},
      [],
      { credentialSubject: [] },
      { ...credentialJson(1), credentialSubject: { é: 1 } },
      { credentialSubject: { 'a"': 1 } },
      { credentialSubject: { email: null } },
    ]
    for (const json of others) expect(cut(canonicalBytes(json), salts)).to.equal(undefined)
  })
})
