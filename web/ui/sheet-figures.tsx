/** The narrow column of the sheet: workload, level, dates, quality, and what is listed with a code. */
import type { ComponentChildren } from 'preact'
import { fillText } from '../words/fill.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { printHours, printNumber, printPeriod, printWrittenDay } from '../words/print.ts'
import type { Linked, SheetFacts } from './sheet-facts.ts'
import { SHEET } from './sheet.words.ts'
import { Told, ToldLink } from './text.tsx'

export function Figures({ facts }: { readonly facts: SheetFacts }) {
  const words = useWords(SHEET)
  const language = useLanguage()
  const day = (time: string | undefined): ComponentChildren =>
    time === undefined ? undefined : printWrittenDay(time, language)
  const { workload, credits, isEcts, level, start, end } = facts
  const period =
    start === undefined || end === undefined
      ? (day(start) ?? day(end))
      : printPeriod(start, end, language)
  const amount = credits === undefined ? undefined : Number(credits)
  const figures: readonly (readonly [string, ComponentChildren])[] = [
    [words.issued, day(facts.validFrom)],
    [words.awarded, day(facts.awarded)],
    [words.expires, day(facts.validUntil) ?? words.never],
    [words.period, period],
    [words.workload, workload === undefined ? undefined : printHours(workload, language)],
    [
      isEcts ? 'ECTS' : words.credits,
      amount === undefined ? undefined : printNumber(amount, language),
    ],
    [words.level, level === undefined ? undefined : fillText(words.eqf, { level })],
    [words.participation, facts.participation.join(' · ') || undefined],
    [words.certifier, toldOr(facts.certifier)],
    [
      words.directories,
      facts.directories.length === 0 ? undefined : <Lines of={facts.directories} />,
    ],
    [words.quality, facts.quality.length === 0 ? undefined : <Lines of={facts.quality} />],
  ]
  return (
    <dl class="sheet-figures">
      {figures.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

function toldOr(text: string | undefined): ComponentChildren {
  return text === undefined ? undefined : <Told>{text}</Told>
}

/** Short lines, the code small beside each; it leads to its directory where that is on https. */
export function Lines({ of }: { readonly of: readonly Linked[] }) {
  return (
    <ul class="sheet-lines" role="list">
      {of.map(({ name, code, url }) => (
        <li key={`${name} ${code ?? ''}`}>
          {code === name ? null : <Told>{name}</Told>}{' '}
          {code === undefined ? null : <Code code={code} url={url} />}
        </li>
      ))}
    </ul>
  )
}

function Code({ code, url }: { readonly code: string; readonly url: string | undefined }) {
  return (
    <span class="sheet-code">
      {url === undefined ? <Told>{code}</Told> : <ToldLink href={url}>{code}</ToldLink>}
    </span>
  )
}
