/** Defends that a browser and Node never disagree: one library, the same answers to the same questions. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import fc from 'fast-check'
import { openPage } from '../support/browser.ts'
import type { OpenPage } from '../support/browser.ts'
import { engineFor } from '../support/engines.ts'
import { inventedCommitments } from '../support/merkle.ts'
import { answersTo } from './answers.ts'
import type { Question } from './answers.ts'

const ENTRY = fileURLToPath(new URL('answers.ts', import.meta.url))
/** Never fewer than the threat model's C10 asks for. */
const TEXTS = Math.max(Number(process.env['INALTERA_PROPERTY_RUNS'] ?? 100) * 20, 10_000)

function hexOfText(text: string): string {
  return Buffer.from(text, 'utf8').toString('hex')
}

/** Texts near JSON: whole, torn, with numbers and escapes at the edges, and bytes that are no text at all. */
const jsonBytes = fc.oneof(
  fc.json().map(hexOfText),
  fc.jsonValue().map((value) => hexOfText(JSON.stringify(value, null, 1))),
  fc
    .tuple(fc.json(), fc.nat(), fc.string({ unit: 'binary', maxLength: 3 }))
    .map(([text, at, extra]) => {
      const cut = at % (text.length + 1)
      return hexOfText(text.slice(0, cut) + extra + text.slice(cut))
    }),
  fc
    .stringMatching(/^-?(0|[1-9]\d{0,19})(\.\d{1,20})?([eE][+-]?\d{1,3})?$/)
    .map((number) => hexOfText(`[${number}]`)),
  fc.string({ unit: 'grapheme' }).map((text) => hexOfText(JSON.stringify({ [text]: text }))),
  fc
    .stringMatching(/^(\\u[dD][89a-fA-F][0-9a-f]{2}|\\n|é|a){1,4}$/)
    .map((text) => hexOfText(`"${text}"`)),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('hex')),
)

const times = fc.oneof(
  fc
    .date({
      min: new Date('0001-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString()),
  fc.stringMatching(
    /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d:[0-6]\d(\.\d{1,10})?(Z|[+-][01]\d:[0-6]\d)$/,
  ),
)

const questions: fc.Arbitrary<Question> = fc.oneof(
  { weight: 6, arbitrary: jsonBytes.map((hex): Question => ({ kind: 'json', hex })) },
  { weight: 1, arbitrary: jsonBytes.map((hex): Question => ({ kind: 'certificate', hex })) },
  { weight: 2, arbitrary: times.map((text): Question => ({ kind: 'time', text })) },
  {
    weight: 1,
    arbitrary: fc
      .stringMatching(/^[A-Za-z0-9_-]{0,12}=?$/)
      .map((text): Question => ({ kind: 'base64url', text })),
  },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes): Question => {
      return { kind: 'hashes', hex: Buffer.from(bytes).toString('hex') }
    }),
  },
)

interface MerkleVectors {
  cases: { commitments: string[]; root: string; paths: string[][] }[]
}

function merkleVectors(): MerkleVectors {
  const path = new URL('../vectors/merkle.json', import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8')) as MerkleVectors
}

async function answersIn({ page }: OpenPage, asked: readonly Question[]): Promise<string[]> {
  return await page.evaluate(
    (list) =>
      (globalThis as unknown as { subject: { answersTo: typeof answersTo } }).subject.answersTo(
        list,
      ),
    asked,
  )
}

describe('the library in Chromium', function () {
  this.timeout(120_000)
  let open: OpenPage | undefined

  async function inBrowser(asked: readonly Question[]): Promise<string[]> {
    if (open === undefined) throw new Error('the page is not open')
    return await answersIn(open, asked)
  }

  before(async function () {
    open = await openPage(engineFor(this, 'chromium'), ENTRY)
  })

  after(async () => {
    await open?.close()
  })

  it(`answers ${TEXTS} generated questions as Node does`, async () => {
    const seed = Number(process.env['INALTERA_SEED'] ?? Date.now() % 2 ** 31)
    const asked = fc.sample(questions, { seed, numRuns: TEXTS })
    const here = answersTo(asked)
    const there = await inBrowser(asked)
    expect(there).to.have.length(here.length)
    const differing = asked.flatMap((question, at) =>
      here[at] === there[at] ? [] : [{ question, here: here[at], there: there[at] }],
    )
    expect(differing, `seed ${seed}`).to.deep.equal([])
    const refused = here.filter((text) => text.includes(' at ')).length
    expect(refused, 'some are refused').to.be.greaterThan(TEXTS / 20)
    expect(here.length - refused, 'some are accepted').to.be.greaterThan(TEXTS / 4)
  })

  it('has the golden trees', async () => {
    const { cases } = merkleVectors()
    const asked = cases.map(({ commitments }): Question => ({ kind: 'tree', commitments }))
    const wanted = cases.map(({ root, paths }) =>
      [root, ...paths.map((path) => path.join())].join(' '),
    )
    expect(await inBrowser(asked)).to.deep.equal(wanted)
  })

  it('derives the same salts', async () => {
    const pointers = ['familyName', 'givenName', 'birthDate', 'é', '\u{1d306}', 'ﬀ', 'a~1b'].map(
      (name) => `/credentialSubject/${name}`,
    )
    const asked = inventedCommitments(20).map((hash): Question => {
      return { kind: 'salts', seed: hash.slice(2), pointers }
    })
    expect(await inBrowser(asked)).to.deep.equal(answersTo(asked))
  })

  it('hashes by WebAssembly where the page allows it, and to the same bytes where it does not', async function () {
    expect(await inBrowser([{ kind: 'kernel' }])).to.deep.equal(['wasm'])
    const strict = await openPage(
      engineFor(this, 'chromium'),
      ENTRY,
      "default-src 'none'; script-src 'self'",
    )
    try {
      const { cases } = merkleVectors()
      const asked = [
        ...cases.map(({ commitments }): Question => ({ kind: 'tree', commitments })),
        ...[0, 64, 136, 3000].map((length): Question => ({
          kind: 'hashes',
          hex: 'a5'.repeat(length),
        })),
      ]
      expect(await answersIn(strict, [{ kind: 'kernel' }])).to.deep.equal(['portable'])
      expect(await answersIn(strict, asked)).to.deep.equal(answersTo(asked))
      expect(strict.complaints).to.deep.equal([])
    } finally {
      await strict.close()
    }
  })

  it('makes no request, needs no eval and throws nothing', () => {
    expect(open?.complaints).to.deep.equal([])
  })
})
