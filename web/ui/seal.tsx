/** The verdict at a glance: a shape, a word and one sentence. */
import type { ComponentChildren } from 'preact'
import { useLanguage, useWords } from '../words/language.tsx'
import { printDay } from '../words/print.ts'
import { SealShape } from './seal-shape.tsx'
import { SEAL } from './seal.words.ts'
import type { SealState } from './states.ts'

type SealProps = {
  readonly state: SealState
  /** The moment that `valid-as-of` speaks of, RFC 3339. */
  readonly asOf?: string | null | undefined
  /** The one sentence under the word. */
  readonly children: ComponentChildren
  /** On paper alone. */
  readonly printed?: ComponentChildren
  /** What a reader can do now; outside of what is read aloud when the state changes. */
  readonly more?: ComponentChildren
}

/** It moves once, from checking to its state; with reduced motion it simply changes. */
export function Seal({ state, asOf, children, printed, more }: SealProps) {
  const words = useWords(SEAL)
  const language = useLanguage()
  const moment = state === 'valid-as-of' && asOf ? ` ${printDay(asOf, language)}` : ''
  return (
    <section class={`seal seal-${state}`}>
      <div class="seal-words" aria-live="polite" aria-atomic="true">
        <SealShape key={state} state={state} />
        <p class="seal-word" role="heading" aria-level={2}>
          {words[state]}
          {moment}
        </p>
        <p class="seal-sentence">{children}</p>
      </div>
      {printed}
      {more}
    </section>
  )
}
