/** How certificates fare: how many were issued, opened, shared and verified, over time and by template. */
import { useState } from 'preact/hooks'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { SelectField } from '../field.tsx'
import { FRAME } from '../frame.words.ts'
import { IssueFirst } from '../issue-first.tsx'
import { Heading, Toolbar } from '../heading.tsx'
import { useLoaded } from '../load.ts'
import { go, hrefOf } from '../place.ts'
import type { Place } from '../place.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useApi } from '../session.tsx'
import { Waiting } from '../waiting.tsx'
import { readStatistics } from './answers.ts'
import { isNothing } from './counts.ts'
import type { Statistics } from './answers.ts'
import { ByTemplate } from './by-template.tsx'
import { dayIn } from './day-words.ts'
import { RANGES, todayOf } from './days.ts'
import type { RangeName } from './days.ts'
import { saveByTemplate, saveDays } from './save.ts'
import { Figures } from './figures.tsx'
import { OverTime } from './over-time.tsx'
import { Segments } from './segments.tsx'
import { STATISTICS } from './statistics.words.ts'
import './statistics.css'

/** `#/statistics?range=90&template=<id of its first version>`. */
export function StatisticsPlace({ place }: { readonly place: Place }) {
  const words = useWords(STATISTICS)
  const names = useWords(FRAME).names
  const api = useApi()
  const range = RANGES.find((one) => one === place.query.get('range')) ?? '30'
  const template = place.query.get('template')
  const loaded = useLoaded(
    (ended) => readStatistics(api, { range, template }, todayOf(Date.now()), ended),
    [range, template],
  )
  const look = (next: RangeName, of: string | undefined): void => {
    const query = new Map([
      ['range', next],
      ...(of === undefined ? [] : [['template', of] as const]),
    ])
    go(hrefOf('statistics', [], query), 'replace')
  }
  const { value, problem, again } = loaded
  return (
    <>
      <Heading title={names.statistics} actions={value && <SaveButtons statistics={value} />}>
        {words.about}
      </Heading>
      <div class="desk-stack statistics" aria-busy={loaded.isLoading}>
        <Choices range={range} template={template} statistics={value} look={look} />
        {problem && <ProblemNote problem={problem} again={again} />}
        {value === undefined && problem === undefined && <Waiting />}
        {value !== undefined && <Shown statistics={value} isAll={range === 'all'} />}
      </div>
    </>
  )
}

function Shown({
  statistics,
  isAll,
}: {
  readonly statistics: Statistics
  readonly isAll: boolean
}) {
  const words = useWords(STATISTICS)
  const language = useLanguage()
  const { period, days, templates, totals, before } = statistics
  const full = { day: 'numeric', month: 'long', year: 'numeric' } as const
  if (isNothing(totals) && (isAll || before === undefined || isNothing(before))) {
    return (
      <IssueFirst title={words.emptyTitle} verb={words.emptyAction}>
        {words.empty}
      </IssueFirst>
    )
  }
  return (
    <>
      <p class="quiet" role="status">
        {words.period(dayIn(period.from, language, full), dayIn(period.to, language, full))}
        {before !== undefined && words.compared(printNumber(days.length, language))}
      </p>
      <Figures totals={totals} before={before} />
      <OverTime days={days} />
      <ByTemplate templates={templates} />
    </>
  )
}

type ChoicesProps = {
  readonly range: RangeName
  readonly template: string | undefined
  readonly statistics: Statistics | undefined
  readonly look: (range: RangeName, template: string | undefined) => void
}

function Choices({ range, template, statistics, look }: ChoicesProps) {
  const words = useWords(STATISTICS)
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map())
  const found = (statistics?.templates ?? []).flatMap(({ id, name }) =>
    id === null || name === null || known.has(id) ? [] : [[id, name] as const],
  )
  // What one template is narrowed to names no other: the choices stay those seen before.
  if (found.length > 0) setKnown(new Map([...known, ...found]))
  const choices = [
    { value: '', label: words.allTemplates },
    ...[...known].map(([value, label]) => ({ value, label })),
  ]
  return (
    <Toolbar>
      <Segments
        label={words.range}
        choices={RANGES.map((value) => ({ value, label: words.ranges[value] }))}
        value={range}
        take={(next) => {
          look(next, template)
        }}
      />
      {known.size > 0 && (
        <SelectField
          label={words.template}
          value={template ?? ''}
          choices={choices}
          take={(id) => {
            look(range, id === '' ? undefined : id)
          }}
        />
      )}
    </Toolbar>
  )
}

function SaveButtons({ statistics }: { readonly statistics: Statistics }) {
  const words = useWords(STATISTICS)
  if (isNothing(statistics.totals)) return null
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={() => {
          saveByTemplate(statistics, words)
        }}
      >
        {words.saveTemplates}
      </button>
      <button
        type="button"
        class="button"
        onClick={() => {
          saveDays(statistics, words)
        }}
      >
        {words.save}
      </button>
    </>
  )
}
