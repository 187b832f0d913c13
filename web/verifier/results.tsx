/** All that was brought: one verdict in full, or a list of them, each opening to its own. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { title } from '../../src/index.ts'
import { Icon } from '../ui/icons.tsx'
import { SealShape } from '../ui/seal-shape.tsx'
import { SEAL } from '../ui/seal.words.ts'
import type { SealState } from '../ui/states.ts'
import { Told } from '../ui/text.tsx'
import { fill } from '../words/fill.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { printNumber } from '../words/print.ts'
import type { Choosing } from './choice.ts'
import type { Desk } from './desk.ts'
import type { Item } from './items.ts'
import { shapeOf } from './glance.ts'
import { Result } from './result.tsx'
import { RESULT } from './result.words.ts'

export type ResultsProps = {
  readonly desk: Desk
  readonly choosing: Choosing
  /** Opens the settings where whom to ask is chosen. */
  readonly chooseProviders: () => void
}

export function Results({ desk, choosing, chooseProviders }: ResultsProps) {
  const words = useWords(RESULT)
  const place = useRef<HTMLElement>(null)
  const { items } = desk
  useEffect(() => {
    // What was brought comes into sight; what stood there stays where it is.
    if (items.length > 0) place.current?.scrollIntoView({ block: 'start' })
  }, [items.length > 0])
  if (items.length === 0) return null
  const more = { desk, choosing, chooseProviders }
  return (
    <section ref={place} class="results" aria-labelledby="results-title">
      <div class="results-head">
        <div>
          <h2 id="results-title">{words.title}</h2>
          <p class="quiet small" role="status">
            {items.length > 1 ? <Progress items={items} /> : null}
          </p>
        </div>
        <button
          type="button"
          class="button plain"
          onClick={() => {
            for (const item of items) desk.remove(item)
          }}
        >
          {items.length === 1 ? words.remove : words.clear}
        </button>
      </div>
      {items.length === 1
        ? items.map((item) => (
            <div key={item.id}>
              <Label item={item} />
              <Result item={item} {...more} />
            </div>
          ))
        : items.map((item) => (
            <Folded key={item.id} item={item}>
              <Result item={item} {...more} />
            </Folded>
          ))}
    </section>
  )
}

function Progress({ items }: { readonly items: readonly Item[] }) {
  const words = useWords(RESULT)
  const language = useLanguage()
  const done = items.filter(({ state }) => shapeOf(state) !== 'checking').length
  return fill(words.progress, {
    done: printNumber(done, language),
    count: printNumber(items.length, language),
  })
}

function Label({ item: { label } }: { readonly item: Item }) {
  const words = useWords(RESULT)
  return <p class="quiet small label">{label === '' ? words.text : <Told>{label}</Told>}</p>
}

type FoldedProps = { readonly item: Item; readonly children: ComponentChildren }

function Folded({ item, children }: FoldedProps) {
  const { state, word } = useGlance(item)
  // A hundred sheets that nobody looks at would keep a reader waiting.
  const [isOpened, setOpened] = useState(false)
  const name = titleOf(item)
  return (
    <details
      class="card folded"
      onToggle={() => {
        setOpened(true)
      }}
    >
      <summary>
        <span class={`glance seal-${state}`}>
          <SealShape state={state} size={36} />
          <strong>{word}</strong>
        </span>
        <span class="folded-name">
          {name === undefined ? null : <Told>{name}</Told>}
          <Label item={item} />
        </span>
        <Icon name="open" />
      </summary>
      {isOpened ? children : null}
    </details>
  )
}

/** The shape and the word of an entry, as a list shows them. */
function useGlance({ state }: Item): { readonly state: SealState; readonly word: string } {
  const words = useWords(RESULT)
  const seals = useWords(SEAL)
  const shape = shapeOf(state)
  if (state.step === 'replayed' && !state.replay.same) {
    return { state: shape, word: words.reportDiffers }
  }
  const hasVerdict = state.step === 'judged' || state.step === 'replayed' || state.step === 'told'
  if (hasVerdict || state.step === 'checking') return { state: shape, word: seals[shape] }
  const isWaiting = state.step === 'ask' || state.step === 'policy'
  if (state.step === 'opening') return { state: shape, word: words.opening }
  return { state: shape, word: isWaiting ? words.waiting : words.nothingHere }
}

function titleOf({ state }: Item): string | undefined {
  const credential =
    state.step === 'judged' ? state.judged.document?.certificate.credential : undefined
  return credential === undefined ? undefined : title(credential)
}
