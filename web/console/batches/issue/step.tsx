/** One of the four steps of issuing: its number, its name, and whether it is done, being done or yet to come. */
import type { ComponentChildren } from 'preact'
import { Icon } from '../../../ui/icons.tsx'
import { useWords } from '../../../words/language.tsx'
import { ISSUE_PAGE } from './issue-page.words.ts'

export type StepState = 'done' | 'now' | 'later'

type StepProps = {
  readonly number: number
  readonly title: string
  readonly state: StepState
  /** Beside the title, once it is done: what was chosen. */
  readonly summary?: ComponentChildren
  /** What it waits for, while it is to come. */
  readonly later?: string
  readonly children?: ComponentChildren
}

export function Step({ number, title, state, summary, later, children }: StepProps) {
  const words = useWords(ISSUE_PAGE)
  return (
    <li class={`issue-step ${state}`} aria-current={state === 'now' ? 'step' : undefined}>
      <span class="issue-step-mark" aria-hidden="true">
        {state === 'done' ? <Icon name="check" /> : number}
      </span>
      <section class="issue-step-box" aria-labelledby={`step-${number}`}>
        <header class="issue-step-head">
          <h2 id={`step-${number}`}>
            <span class="visually-hidden">{number}. </span>
            {title}
            {state === 'done' && <span class="visually-hidden"> ({words.done})</span>}
          </h2>
          {summary !== undefined && state === 'done' && <p class="quiet">{summary}</p>}
        </header>
        {state === 'later' ? <p class="quiet">{later}</p> : children}
      </section>
    </li>
  )
}
