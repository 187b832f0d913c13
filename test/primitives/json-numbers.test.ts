/** Defends numbers: each accepted text says exactly what its canonical print says (RFC 8785, SPEC section 1). */
import { createHash } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { canonicalText, parseJsonText } from '../../src/primitives/json.ts'
import { refusalOf } from '../support/errors.ts'
import { numbers, readVectorBytes, readVectors } from '../support/json.ts'

interface NumberVectors {
  readonly appendixB: readonly { ieee: string; text?: string; code?: string }[]
  readonly sequence: { readonly start: readonly string[]; readonly sha256: Record<string, string> }
}

const { appendixB, sequence } = readVectors('json/numbers.json') as NumberVectors

function doubleOf(hex: string): number {
  return Buffer.from(hex.padStart(16, '0'), 'hex').readDoubleBE(0)
}

function hexOf(double: number): string {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(double)
  return bytes.readBigUInt64BE(0).toString(16)
}

/** The sequence that `numbers.json` describes, of any length. */
function* doubles(): Generator<number> {
  yield* sequence.start.map(doubleOf)
  for (let i = 0; i < 2000; i++) yield doubleOf((0x0010000000000000n + BigInt(i)).toString(16))
  for (let block = Buffer.alloc(32); ;) {
    block = createHash('sha256').update(block).digest()
    for (const at of [0, 8, 16, 24]) {
      const double = block.readDoubleLE(at)
      if (double !== 0 && Number.isFinite(double)) yield double
    }
  }
}

/** A JSON number's exact value as whole number and power of ten, no zero at the end: nothing rounds here. */
function valueOf(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? []
  let digits = BigInt(sign + whole + fraction)
  let power = Number(exponent) - fraction.length
  if (digits === 0n) return sign === '' ? '0' : 'minus zero'
  while (digits % 10n === 0n) {
    digits /= 10n
    power += 1
  }
  return `${digits} at ${power}`
}

/** What the rule of SPEC section 1 says, worked out on decimals. */
function mustAccept(text: string): boolean {
  const double = Number(text)
  if (!Number.isFinite(double) || Object.is(double, -0)) return false
  const isLarge = Math.abs(double) > Number.MAX_SAFE_INTEGER
  if (isLarge && Number.isInteger(double)) return false
  return valueOf(text) === valueOf(String(double))
}

describe('a number', () => {
  it('prints as in appendix B of RFC 8785; NaN and infinity are refused', () => {
    for (const { ieee, text, code } of appendixB) {
      const printed = (): string => canonicalText(doubleOf(ieee))
      if (text === undefined) expect(refusalOf(printed), ieee).to.equal(`${String(code)} at `)
      else expect(printed(), ieee).to.equal(text)
    }
  })

  it('prints as published for 100,000 doubles', function () {
    this.timeout(20_000)
    const digest = createHash('sha256')
    const digests: Record<string, string> = {}
    const tenth: string[] = []
    let count = 0
    for (const double of doubles()) {
      const line = `${hexOf(double)},${canonicalText(double)}\n`
      if (count < 10_000 && count % 10 === 0) tenth.push(line)
      digest.update(line)
      count += 1
      if (String(count) in sequence.sha256) digests[count] = digest.copy().digest('hex')
      if (count === 100_000) break
    }
    expect(digests).to.deep.equal(sequence.sha256)
    expect(tenth.join('')).to.equal(readVectorBytes('json/es6-numbers.txt').toString())
  })

  it('is accepted exactly if its print has the same decimal value', () => {
    const digits = fc.stringMatching(/^[0-9]{1,20}$/)
    const texts = fc.oneof(
      fc
        .record({
          minus: fc.constantFrom('', '-'),
          whole: fc.oneof(fc.constant('0'), fc.stringMatching(/^[1-9][0-9]{0,18}$/)),
          fraction: fc.oneof(
            fc.constant(''),
            digits.map((some) => `.${some}`),
          ),
          exponent: fc.oneof(
            fc.constant(''),
            fc.integer({ min: -330, max: 330 }).map((power) => `e${power}`),
            fc.integer({ min: 0, max: 30 }).map((power) => `E+${power}`),
          ),
        })
        .map(({ minus, whole, fraction, exponent }) => minus + whole + fraction + exponent),
      numbers.map((double) => double.toExponential()),
      numbers.map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((double) => double.toPrecision(21)),
    )
    const seen = { accepted: 0, refused: 0 }
    fc.assert(
      fc.property(texts, (text) => {
        const answer = refusalOf(() => parseJsonText(text))
        expect(answer).to.equal(mustAccept(text) ? 'accepted' : 'number-not-exact at ')
        seen[answer === 'accepted' ? 'accepted' : 'refused'] += 1
      }),
      { numRuns: 3000 },
    )
    expect(Math.min(seen.accepted, seen.refused)).to.be.greaterThan(100)
  })

  it('has one print for each value: equal ones print alike, different ones never', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [left, right] = [canonicalText(a), canonicalText(b)]
        expect(left === right).to.equal(valueOf(left) === valueOf(right))
        const respelt = a
          .toExponential()
          .replace('e', '000E')
          .replace(/^(-?\d)000E/, '$1.000E')
        expect(canonicalText(parseJsonText(respelt))).to.equal(left)
      }),
    )
  })

  it('is accepted as JCS prints it, whatever double is not whole or is safe', () => {
    let refused = 0
    let count = 0
    for (const double of doubles()) {
      const isTaken = refusalOf(() => parseJsonText(canonicalText(double))) === 'accepted'
      expect(isTaken).to.equal(!Number.isInteger(double) || Number.isSafeInteger(double))
      refused += isTaken ? 0 : 1
      count += 1
      if (count === 5000) break
    }
    expect(refused).to.be.greaterThan(1000)
  })
})
