/** The verdict at a glance: a shape, a word and one sentence. */
import type { ComponentChildren } from 'preact'
import type { SealState } from './states.ts'
import { useWords } from '../words/language.tsx'
import { SEAL } from './seal.words.ts'

type SealProps = {
  readonly state: SealState
  /** The one sentence under the word. */
  readonly children: ComponentChildren
}

export function Seal({ state, children }: SealProps) {
  const words = useWords(SEAL)
  return (
    <section class={`seal seal-${state}`} aria-live="polite">
      <p class="seal-word">{words[state]}</p>
      <p class="seal-sentence">{children}</p>
    </section>
  )
}
