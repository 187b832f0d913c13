/** Defends the parts of certificates and statistics that draw nothing: rows read back, ranges, scales, files. */
import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import { credentialOf, parseAddress, parseJson, parseTemplate } from '../../src/index.ts'
import type { Credential, Template } from '../../src/index.ts'
import { oldRowOf } from '../../web/console/certificates/old-row.ts'
import { queriesOf } from '../../web/console/certificates/query.ts'
import { csvOf } from '../../web/console/csv.ts'
import { barName } from '../../web/console/statistics/bar-words.ts'
import { NONE, sumOf } from '../../web/console/statistics/counts.ts'
import { barsOf, periodBefore, periodOf, windowsOf } from '../../web/console/statistics/days.ts'
import { changeOf, ticksOf } from '../../web/console/statistics/scale.ts'
import { EXAMPLE_ROWS, exampleTemplate } from '../server/folder.ts'

const DAY_MS = 86_400_000
const daysOf = (from: string, count: number): { day: string; issued: number }[] =>
  Array.from({ length: count }, (_, i) => ({
    day: new Date(Date.parse(from) + i * DAY_MS).toISOString().slice(0, 10),
    issued: i,
  }))

describe('a row read back from its certificate', () => {
  let template: Template
  let rows: Map<string, string>[]
  before(async () => {
    template = parseTemplate(parseJson(await exampleTemplate()))
    const text = await readFile(EXAMPLE_ROWS, 'utf8')
    const read = parse(text, { bom: true, delimiter: ';', columns: true }) as unknown as Record<
      string,
      string
    >[]
    rows = read.map((row) => new Map(Object.entries(row)))
  })

  const credential = (row: ReadonlyMap<string, string>): Credential => {
    const id = `urn:uuid:${crypto.randomUUID()}`
    const made = credentialOf(template, row, {
      credentialId: id,
      subjectId: id,
      issuer: { chainId: '1', address: parseAddress(`0x${'a'.repeat(40)}`, 'issuer') },
      issuedAt: '2026-06-15T05:06:40Z',
    })
    return 'credential' in made ? made.credential : expect.fail(JSON.stringify(made.rowErrors))
  }
  const unnamed = (made: Credential): string =>
    JSON.stringify(made).replaceAll(/urn:uuid:[0-9a-f-]+/g, '')

  it('makes the same certificate again, for every example row', () => {
    expect(rows).to.have.length(32)
    for (const row of rows) {
      const first = credential(row)
      expect(unnamed(credential(oldRowOf(template, first)))).to.equal(unnamed(first))
    }
  })

  it('has an empty cell where the certificate says nothing', () => {
    const [row] = rows
    const without = new Map([...(row ?? []), ['Courriel', ''], ['Travail d’équipe', '']])
    const back = oldRowOf(template, credential(without))
    expect([back.get('Courriel'), back.get('Travail d’équipe')]).to.deep.equal(['', ''])
  })
})

describe('what somebody types to find a certificate', () => {
  it('is looked for as what it can be, from two characters on', () => {
    expect(queriesOf(' a ')).to.deep.equal([])
    expect(queriesOf('zoé l’hôte').map(Object.keys)).to.deep.equal([['externalId'], ['name']])
    expect(queriesOf('a@b.example')).to.deep.equal([
      { email: 'a@b.example' },
      { externalId: 'a@b.example' },
    ])
  })
})

describe('the ranges of statistics', () => {
  it('hold as many days as they say, and are compared with as many before', () => {
    expect(periodOf('30', '2026-03-01')).to.deep.equal({ from: '2026-01-31', to: '2026-03-01' })
    expect(periodBefore({ from: '2026-01-31', to: '2026-03-01' })).to.deep.equal({
      from: '2026-01-01',
      to: '2026-01-30',
    })
    const [first, second] = windowsOf('2026-06-15', 2)
    expect(Date.parse(first?.from ?? '') - Date.parse(second?.to ?? '')).to.equal(DAY_MS)
  })

  it('make bars that lose nothing: days, weeks that end with the last day, months', () => {
    for (const [count, bars] of [
      [30, 30],
      [90, 13],
      [365, 13],
    ] as const) {
      const days = daysOf('2025-06-16', count).map((day) => ({ ...NONE, ...day }))
      const made = barsOf(days, sumOf)
      expect(made, String(count)).to.have.length(bars)
      expect(sumOf(made)).to.deep.equal(sumOf(days))
      expect(made.at(-1)?.to).to.equal(days.at(-1)?.day)
      expect(made[0]?.from).to.equal(days[0]?.day)
    }
  })

  it('name a month alone where all of its days are there, and its days where not', () => {
    const year = barsOf(
      daysOf('2023-12-31', 368).map((day) => ({ ...NONE, ...day })),
      sumOf,
    )
    const named = (language: 'en' | 'fr') => year.map((bar) => barName(bar, 'month', language))
    expect(named('en')).to.have.length(14).and.include.members(['February 2024', 'December 2024'])
    expect(named('en')[0]).to.equal('31 December 2023')
    expect(named('en').at(-1)).to.equal('1 January 2025')
    const part = { ...NONE, from: '2025-11-26', to: '2025-11-30' }
    expect(barName(part, 'month', 'fr')).to.equal('26–30 novembre 2025')
    expect(barsOf([], sumOf)).to.deep.equal([])
    expect(barsOf([{ ...NONE, day: '2026-01-01' }], sumOf)).to.have.length(1)
  })

  it('have a scale of whole, round steps that holds the highest', () => {
    for (const highest of [0, 1, 2, 3, 7, 10, 99, 101, 2500, 1e6 + 1]) {
      const ticks = ticksOf(highest)
      const step = (ticks[1] ?? 0) - (ticks[0] ?? 0)
      expect(ticks[0]).to.equal(0)
      expect(ticks.at(-1), String(highest)).to.be.at.least(highest)
      expect(ticks.length, String(highest)).to.be.within(2, 5)
      expect(String(step)).to.match(/^[125]0*$/)
      expect((ticks.at(-1) ?? 0) - step).to.be.below(Math.max(1, highest))
    }
    expect([changeOf(15, 10), changeOf(0, 10), changeOf(3, 0)]).to.deep.equal([50, -100, undefined])
  })
})

describe('a table as a file', () => {
  it('is read back as it was, and calculates nothing in a spreadsheet', () => {
    const names = ['=HYPERLINK("x")', '+1', '-2', '@SUM(A1)', '\tx', 'a,"b"\r\nc', 'plain']
    const text = csvOf([['name', 'count'], ...names.map((name, i) => [name, -i])])
    expect(text).to.match(/^\uFEFFname,count\r\n/)
    const read = parse(text, { bom: true, columns: true }) as unknown as { name: string }[]
    for (const [i, { name }] of read.entries()) {
      const original = names[i] ?? ''
      expect([original, `'${original}`]).to.include(name)
      expect(name).to.not.match(/^[=+\-@\t\r]/)
    }
    expect(read).to.have.length(names.length)
  })
})
