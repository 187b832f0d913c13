/** What was learnt, how it was assessed, and what is hidden: sections down the page. */
import type { Language } from '../../../src/index.ts'
import type { SheetFacts } from '../../ui/sheet-facts.ts'
import { claimWord, SHEET } from '../../ui/sheet.words.ts'
import { printList } from '../../words/print.ts'
import { MARGIN, PAGE } from './writer.ts'
import type { Style, Writer } from './writer.ts'

const BOX = { x: MARGIN.side, width: PAGE.width - 2 * MARGIN.side } as const
const PROSE: Style = { face: 'serif', size: 10.5, colour: '#1b1f24', lineGap: 1.5 }
const DETAIL: Style = { face: 'serif', size: 9.5, colour: '#545b64', lineGap: 1 }
/** A heading stays with the lines under it. */
const WITH_HEADING = 64

type Line = { readonly text: string | undefined; readonly isDetail?: boolean }

export function writeBody(
  writer: Writer,
  facts: SheetFacts,
  language: Language,
  accent: string,
): void {
  for (const [title, lines] of sectionsOf(facts, language)) {
    const shown = lines.flatMap(({ text, isDetail = false }) =>
      text === undefined || text === '' ? [] : [{ text, isDetail }],
    )
    if (shown.length === 0) continue
    writer.y += 12
    writer.room(WITH_HEADING)
    writer.block({ ...BOX, face: 'sans-bold', size: 9, colour: accent, tag: 'H2', text: title })
    writer.y += 2
    for (const { text, isDetail } of shown) {
      writer.block({ ...BOX, ...(isDetail ? DETAIL : PROSE), tag: 'P', text })
      writer.y += isDetail ? 4 : 2
    }
  }
}

function sectionsOf(facts: SheetFacts, language: Language): (readonly [string, Line[]])[] {
  const words = SHEET[language]
  const { assessments, supervision, hidden } = facts
  const kinds = [...assessments, ...(supervision === undefined ? [] : [supervision])]
  const names = hidden.map((name) => claimWord(name, language))
  return [
    [
      words.skills,
      facts.skills.map(({ name, code }) => ({
        text: code === undefined ? name : `${name} (${code})`,
      })),
    ],
    [
      words.outcomes,
      facts.outcomes.flatMap(({ name, text }) => [{ text: name }, { text, isDetail: true }]),
    ],
    [
      words.assessment,
      [{ text: kinds.join(' · ') }, { text: facts.criteria }, { text: facts.protocol }],
    ],
    [
      words.results,
      facts.results.map(({ name, value, of }) => ({ text: resultOf(name, value, of, language) })),
    ],
    [words.prerequisites, [{ text: facts.prerequisites }]],
    [words.more, [{ text: facts.more }]],
    [words.hidden, [{ text: names.length === 0 ? undefined : printList(names, language) }]],
  ]
}

function resultOf(name: string, value: string, of: string | undefined, language: Language): string {
  const scale = of === undefined ? '' : of === '%' ? '\u202f%' : ` / ${of}`
  return `${name}${language === 'fr' ? '\u202f' : ''}: ${value}${scale}`
}
