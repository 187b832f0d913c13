/** What the template has and lacks, while it is written; each line leads to where it belongs. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { CRITERION_TEXTS, ELEMENT_TEXTS, QUESTION_TEXTS } from '../../../src/index.ts'
import type { LintReport } from '../../../src/index.ts'
import { useLanguage, useWords } from '../../words/language.tsx'
import { Told } from '../../ui/text.tsx'
import { useEditing } from './editing.tsx'
import { FIELDS } from './fields.words.ts'
import { FORM, SECTIONS } from './form.words.ts'
import { leadTo } from './lead-to.ts'
import { LINTER } from './linter.words.ts'
import { sectionOf } from './sections.ts'

type Element = LintReport['mandatory'][number]

export function Linter() {
  const words = useWords(LINTER)
  const { judgement } = useEditing()
  const { lint } = judgement
  // As in the style sheet: where it stands beside the form, all of it is open.
  const [isBeside] = useState(() => matchMedia('(min-width: 1200px)').matches)
  const missing = lint.mandatory.filter(({ present }) => !present)
  return (
    <section class="card desk-linter" aria-labelledby="linter-title">
      <h2 id="linter-title">{words.title}</h2>
      <Score score={lint.score.mandatory} />
      <p class="quiet" aria-live="polite">
        {lint.complete ? words.complete : words.lacking(missing.length)}
      </p>
      <Faults />
      <details class="desk-linter-all" open={isBeside}>
        <summary class="button">{words.all}</summary>
        <ByPart elements={lint.mandatory} />
        <Optional lint={lint} />
        <Questions lint={lint} />
      </details>
    </section>
  )
}

/** As a number and as a bar of as many pieces. */
function Score({ score }: { readonly score: { readonly reached: number; readonly of: number } }) {
  const words = useWords(LINTER)
  return (
    <div class="desk-score">
      <p>
        <strong>{score.reached}</strong> {words.outOf(score.of)}
      </p>
      <div class="desk-score-bar" aria-hidden="true">
        {Array.from({ length: score.of }, (_, i) => (
          <span key={i} class={i < score.reached ? 'reached' : ''} />
        ))}
      </div>
    </div>
  )
}

/** In the order of the form, under the names of its parts. */
function ByPart({ elements }: { readonly elements: readonly Element[] }) {
  const { sections } = useWords(FORM)
  return (
    <>
      {SECTIONS.map((name) => {
        const own = elements.filter(({ place }) => sectionOf(place) === name)
        if (own.length === 0) return null
        return (
          <div key={name} class="desk-linter-part">
            <h3>{sections[name].title}</h3>
            <Elements elements={own} />
          </div>
        )
      })}
    </>
  )
}

function Elements({ elements }: { readonly elements: readonly Element[] }) {
  const language = useLanguage()
  return (
    <ul role="list" class="desk-checklist">
      {elements.map(({ code, present, place }) => (
        <Line key={code} isDone={present} place={place}>
          {ELEMENT_TEXTS[code][language]}
        </Line>
      ))}
    </ul>
  )
}

function Optional({ lint }: { readonly lint: LintReport }) {
  const words = useWords(LINTER)
  const language = useLanguage()
  const { optional, criteria } = lint.score
  return (
    <>
      <details class="desk-more">
        <summary>
          {words.criteria} · {criteria.reached}/{criteria.of}
        </summary>
        <ul role="list" class="desk-checklist">
          {lint.criteria.map(({ code, met, lacking }) => (
            <Line key={code} isDone={met} place={lacking[0] ?? '/columns'}>
              {CRITERION_TEXTS[code][language]}
            </Line>
          ))}
        </ul>
      </details>
      <details class="desk-more">
        <summary>
          {words.optional} · {optional.reached}/{optional.of}
        </summary>
        <Elements elements={lint.optional} />
      </details>
    </>
  )
}

function Questions({ lint }: { readonly lint: LintReport }) {
  const words = useWords(LINTER)
  const language = useLanguage()
  if (lint.questions.length === 0) return null
  return (
    <details class="desk-more" open>
      <summary>
        {words.questions} · {lint.questions.length}
      </summary>
      <ul role="list" class="desk-checklist">
        {lint.questions.map(({ code, place, about }) => (
          <Line key={`${code} ${place}`} isDone={undefined} place={place}>
            {about !== undefined && (
              <>
                <strong>
                  <Told>{about}</Told>
                </strong>{' '}
              </>
            )}
            {QUESTION_TEXTS[code][language]}
          </Line>
        ))}
      </ul>
    </details>
  )
}

/** What stands in a field and does not fit, and, once it was tried, what must stand there and does not. */
function Faults() {
  const words = useWords(LINTER)
  const fields: Readonly<Record<string, { readonly label: string }>> = useWords(FIELDS)
  const { judgement, isTried } = useEditing()
  const { faults: all, lint } = judgement
  // What the elements below say is missing is not said twice.
  const told = lint.mandatory.flatMap(({ present, place }) => (present ? [] : [place]))
  const faults = all.filter(({ at, isMissing }) => !isMissing || (isTried && !told.includes(at)))
  if (faults.length === 0) return null
  return (
    <div class="desk-faults">
      <h3>{words.faults}</h3>
      <ul role="list" class="desk-checklist">
        {faults.map(({ at }) => (
          <Line key={at} isDone={false} place={at}>
            {fields[at.replaceAll(/\/\d+(?=\/|$)/g, '/*')]?.label ?? at}
            {numberOf(at)}
          </Line>
        ))}
      </ul>
    </div>
  )
}

function numberOf(at: string): string {
  const [, place] = /\/(\d+)/.exec(at) ?? []
  return place === undefined ? '' : ` ${Number(place) + 1}`
}

type LineProps = {
  /** Undefined: a question, which takes nothing from the score. */
  readonly isDone: boolean | undefined
  readonly place: string
  readonly children: ComponentChildren
}

function Line({ isDone, place, children }: LineProps) {
  const words = useWords(LINTER)
  const mark = isDone === undefined ? 'ask' : isDone ? 'done' : 'open'
  return (
    <li class={`desk-line ${mark}`}>
      <button
        type="button"
        onClick={() => {
          leadTo(place)
        }}
      >
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d={MARKS[mark]} />
        </svg>
        <span>
          <span class="visually-hidden">{words.marks[mark]} </span>
          {children}
        </span>
      </button>
    </li>
  )
}

const MARKS = {
  done: 'm5 10.5 3.5 3.5L15.5 6.5',
  open: 'M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13',
  ask: 'M7.5 7.6a2.6 2.6 0 1 1 3.7 2.4c-.8.4-1.2.9-1.2 2M10 14.7v.1',
} as const
