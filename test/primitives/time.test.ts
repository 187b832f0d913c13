/** Defends times: one instant for each text, exact to the nanosecond, and nothing that calendars do not have. */
import { expect } from 'chai'
import fc from 'fast-check'
import {
  compareInstants,
  instantOfMilliseconds,
  instantOfSeconds,
  parseInstant,
  printInstant,
} from '../../src/primitives/time.ts'
import type { Instant } from '../../src/primitives/time.ts'
import { refusalOf } from '../support/errors.ts'
import { readVectors } from '../support/json.ts'

interface TimeVectors {
  readonly accepted: readonly {
    readonly comment: string
    readonly text: string
    readonly nanoseconds: string
    readonly print: string
  }[]
  readonly refused: readonly { readonly comment: string; readonly text: string }[]
}

const { accepted, refused } = readVectors('time.json') as TimeVectors

const FIRST = parseInstant('0001-01-01T00:00:00Z', 'first')
const LAST = parseInstant('9999-12-31T23:59:59.999999999Z', 'last')
const instants = fc.bigInt({ min: FIRST, max: LAST }).map((nanoseconds) => nanoseconds as Instant)
const milliseconds = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})
/** Minutes east of UTC. */
const offsets = fc.integer({ min: -14 * 60, max: 14 * 60 })

function offsetText(minutes: number): string {
  const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`
}

describe('a time', () => {
  for (const { comment, text, nanoseconds, print } of accepted) {
    it(`is read: ${comment} ${text}`, () => {
      const instant = parseInstant(text, 'time')
      expect(instant).to.equal(BigInt(nanoseconds))
      expect(printInstant(instant)).to.equal(print)
    })
  }

  for (const { comment, text } of refused) {
    it(`is refused: ${comment} ${JSON.stringify(text)}`, () => {
      expect(refusalOf(() => parseInstant(text, '/validFrom'))).to.equal('bad-time at /validFrom')
    })
  }

  it('is refused where it is no text', () => {
    for (const value of [undefined, null, 0, 1781510400, {}, ['2026-06-15T08:00:00Z'], new Date(0)])
      expect(refusalOf(() => parseInstant(value, ''))).to.equal('bad-time at ')
  })

  it('is read as Date reads it, to the millisecond, with any offset', () => {
    fc.assert(
      fc.property(milliseconds, offsets, (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000)
        fc.pre(local.getUTCFullYear() >= 1 && local.getUTCFullYear() <= 9999)
        const text = local.toISOString().replace('Z', offsetText(offset))
        expect(parseInstant(text, 'time')).to.equal(BigInt(date.getTime()) * 1_000_000n)
        expect(new Date(text).getTime()).to.equal(date.getTime())
      }),
    )
  })

  it('is refused wherever Date refuses it or moves it to another day', () => {
    const parts = fc.tuple(
      fc.constantFrom(1600, 1900, 1999, 2000, 2023, 2024, 2100),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
    )
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        const two = (value: number): string => String(value).padStart(2, '0')
        const text = `${year}-${two(month)}-${two(day)}T00:00:00Z`
        const date = new Date(text)
        const isReal =
          !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 10))
        const answer = refusalOf(() => parseInstant(text, ''))
        expect(answer).to.equal(isReal ? 'accepted' : 'bad-time at ')
      }),
      { numRuns: 1000 },
    )
  })

  it('comes back from its print, to the nanosecond', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const text = printInstant(instant)
        expect(parseInstant(text, 'print')).to.equal(instant)
        expect(text).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,8}[1-9])?Z$/)
      }),
    )
  })

  it('is ordered as its nanoseconds are', () => {
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        expect(Math.sign(compareInstants(a, b))).to.equal(a < b ? -1 : a > b ? 1 : 0)
        expect(compareInstants(a, a)).to.equal(0)
      }),
    )
  })

  it('comes from a block in seconds and from a clock in milliseconds', () => {
    const instant = parseInstant('2026-06-15T08:00:00Z', 'time')
    expect(instantOfSeconds(1_781_510_400)).to.equal(instant)
    expect(instantOfSeconds(1_781_510_400n)).to.equal(instant)
    expect(instantOfMilliseconds(1_781_510_400_000)).to.equal(instant)
    expect(instantOfMilliseconds(1_781_510_400_000.75)).to.equal(instant)
    expect(printInstant(instantOfMilliseconds(-1))).to.equal('1969-12-31T23:59:59.999Z')
  })
})
