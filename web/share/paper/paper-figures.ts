/** Dates, workload, level and the like, three beside each other. */
import type { Language } from '../../../src/index.ts'
import type { Linked, SheetFacts } from '../../ui/sheet-facts.ts'
import { claimWord, SHEET } from '../../ui/sheet.words.ts'
import { fillText } from '../../words/fill.tsx'
import { printHours, printNumber, printWrittenDay } from '../../words/print.ts'
import { MARGIN, PAGE } from './writer.ts'
import type { Style, Writer } from './writer.ts'

type Figure = readonly [name: string, value: string | undefined]

const COLUMNS = 3
const GAP = 20
const WIDTH = (PAGE.width - 2 * MARGIN.side - (COLUMNS - 1) * GAP) / COLUMNS
const VALUE: Style = { face: 'serif', size: 10.5, colour: '#1b1f24', lineGap: 1 }

export function writeFigures(
  writer: Writer,
  facts: SheetFacts,
  language: Language,
  accent: string,
): void {
  const shown = figuresOf(facts, language).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  )
  const label: Style = { face: 'sans-bold', size: 7.5, colour: accent }
  writer.y += 18
  writer.bar(MARGIN.side, writer.y - 6, PAGE.width - 2 * MARGIN.side, 0.75, '#d9d4c8')
  writer.y += 6
  for (let first = 0; first < shown.length; first += COLUMNS) {
    const row = shown.slice(first, first + COLUMNS)
    const heights = row.map(({ value: text }) => writer.heightOf({ ...VALUE, text, width: WIDTH }))
    writer.room(Math.max(...heights) + 24)
    const top = writer.y
    const ends = row.map(({ name, value }, column) => {
      const x = MARGIN.side + column * (WIDTH + GAP)
      writer.y = top
      writer.block({ ...label, tag: 'P', text: name, x, width: WIDTH })
      writer.y += 1
      writer.block({ ...VALUE, tag: 'P', text: value, x, width: WIDTH })
      return writer.y
    })
    writer.y = Math.max(...ends) + 10
  }
}

function figuresOf(facts: SheetFacts, language: Language): readonly Figure[] {
  const words = SHEET[language]
  const day = (time: string | undefined): string | undefined =>
    time === undefined ? undefined : printWrittenDay(time, language)
  const { workload, credits, isEcts, level, start, end, participation, claims } = facts
  const period = [start, end].flatMap((time) => day(time) ?? [])
  return [
    [words.issued, day(facts.validFrom)],
    [words.awarded, day(facts.awarded)],
    [words.expires, day(facts.validUntil) ?? words.never],
    [words.period, textOr(period.join(' – '))],
    [words.workload, workload === undefined ? undefined : printHours(workload, language)],
    [
      isEcts ? 'ECTS' : words.credits,
      credits === undefined ? undefined : printNumber(Number(credits), language),
    ],
    [words.level, level === undefined ? undefined : fillText(words.eqf, { level })],
    [words.participation, textOr(participation.join(' · '))],
    [words.certifier, facts.certifier],
    [words.directories, linesOf(facts.directories)],
    [words.quality, linesOf(facts.quality)],
    ...claims.map(({ name, value }): Figure => {
      const shown = name === 'birthDate' ? printWrittenDay(value, language) : value
      return [claimWord(name, language), shown]
    }),
  ]
}

function linesOf(linked: readonly Linked[]): string | undefined {
  const lines = linked.map(({ name, code }) =>
    code === undefined || code === name ? name : `${name} (${code})`,
  )
  return textOr(lines.join('\n'))
}

function textOr(text: string): string | undefined {
  return text === '' ? undefined : text
}
