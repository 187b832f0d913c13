/** Defends what a commitment binds: golden values of another implementation, and that nothing in it can be another. */
import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import {
  bytesOfHex,
  claimDigest,
  commitmentOf,
  hexOf,
  parseAddress,
  parseHash32,
  parseHex,
  parseJsonText,
  parsePointer,
  saltsOf,
  sha256,
  splitCredential,
  utf8,
} from '../../src/index.ts'
import type { Hash32, HidablePointer, Json, JsonObject } from '../../src/index.ts'

interface Vectors {
  readonly salts: readonly {
    readonly comment: string
    readonly seed: string
    readonly salt: string
    readonly byPointer: Readonly<Record<string, string>>
  }[]
  readonly digests: readonly {
    readonly comment: string
    readonly salt: string
    readonly pointer: string
    readonly value: Json
    readonly digest: string
  }[]
  readonly commitments: readonly CommitmentVector[]
}

interface CommitmentVector {
  readonly comment: string
  readonly home: string
  readonly issuer: string
  readonly seed: string
  readonly pointers: readonly string[]
  readonly credential: JsonObject
  readonly digests: Readonly<Record<string, string>>
  readonly canonical: string
  readonly commitment: string
}

/** Read strictly, as credentials are. */
async function vectors(): Promise<Vectors> {
  const file = new URL('../vectors/commitment.json', import.meta.url)
  return parseJsonText(await readFile(file, 'utf8')) as unknown as Vectors
}

const pointersOf = (texts: readonly string[]): HidablePointer[] =>
  texts.map((text) => parsePointer(text, 'pointer'))

function digestsOf(one: CommitmentVector): Map<HidablePointer, Hash32> {
  const pointers = pointersOf(one.pointers)
  const { byPointer } = saltsOf(bytesOfHex(parseHash32(one.seed, 'seed')), pointers)
  const { claims } = splitCredential(one.credential, pointers)
  const salted = [...byPointer]
  return new Map(
    salted.map(([pointer, salt]) => [
      pointer,
      claimDigest(salt, pointer, claims.get(pointer) ?? null),
    ]),
  )
}

function commitmentOfVector(one: CommitmentVector, change: Partial<CommitmentVector> = {}): string {
  const { home, issuer, seed, pointers, credential } = { ...one, ...change }
  const { salt } = saltsOf(bytesOfHex(parseHash32(seed, 'seed')), pointersOf(pointers))
  const { visible } = splitCredential(credential, pointersOf(pointers))
  const digests = digestsOf({ ...one, ...change })
  return commitmentOf({
    home,
    issuer: parseAddress(issuer, 'issuer'),
    salt,
    credential: visible,
    digests,
  })
}

describe('a credential taken apart', () => {
  it('has no claim that nobody wrote, whatever its name is', () => {
    const names = ['constructor', 'toString', '__proto__x', 'email']
    const pointers = names.map((name) => parsePointer(`/credentialSubject/${name}`, 'pointer'))
    const { claims } = splitCredential({ credentialSubject: { email: 'a@b.example' } }, pointers)
    expect([...claims.values()]).to.deep.equal([null, null, null, 'a@b.example'])
  })
})

describe('the golden vectors of test/vectors/commitment.json', () => {
  it('have the salts that a seed gives, whatever the order of the pointers', async () => {
    for (const { comment, seed, salt, byPointer } of (await vectors()).salts) {
      const pointers = pointersOf(Object.keys(byPointer)).toReversed()
      const salts = saltsOf(bytesOfHex(parseHash32(seed, 'seed')), pointers)
      expect(salts.salt, comment).to.equal(salt)
      expect({ ...Object.fromEntries(salts.byPointer) }, comment).to.deep.equal({ ...byPointer })
    }
  })

  it('have the digests of claims', async () => {
    const { digests } = await vectors()
    for (const { comment, salt, pointer, value, digest } of digests) {
      const made = claimDigest(parseHex(salt, 16, 'salt'), parsePointer(pointer, ''), value)
      expect(made, comment).to.equal(digest)
    }
    expect(new Set(digests.map(({ digest }) => digest)).size).to.equal(digests.length)
  })

  it('have the commitments, each the SHA-256 of its canonical text', async () => {
    for (const one of (await vectors()).commitments) {
      expect({ ...Object.fromEntries(digestsOf(one)) }, one.comment).to.deep.equal({
        ...one.digests,
      })
      expect(commitmentOfVector(one), one.comment).to.equal(one.commitment)
      expect(hexOf(sha256(utf8(one.canonical))), one.comment).to.equal(one.commitment)
    }
  })
})

describe('a commitment', () => {
  it('is another in any other home, by any other issuer, with any other seed', async () => {
    const [first, ...others] = (await vectors()).commitments
    if (first === undefined) throw new Error('there is no vector')
    expect(others.map(({ commitment }) => commitment)).not.to.include(first.commitment)
    const changed = [
      { home: first.home.replace('31337', '31338') },
      { issuer: `0x${'1'.repeat(40)}` },
      { seed: `0x${'1'.repeat(64)}` },
      { pointers: first.pointers.slice(1) },
    ].map((change) => commitmentOfVector(first, change))
    expect(new Set([...changed, first.commitment]).size).to.equal(changed.length + 1)
  })
})
