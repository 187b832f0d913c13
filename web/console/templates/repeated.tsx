/** A list of the form: each item with a way to take it out, and a button for one more. */
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Json } from '../../../src/index.ts'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printPair } from '../../words/print.ts'
import { Icon } from '../../ui/icons.tsx'
import { useFault, useList } from './editing.tsx'
import { EDITOR } from './editor.words.ts'

type RepeatedProps = {
  readonly at: string
  /** Names one item: "Outcome 2". */
  readonly one: string
  readonly addLabel: string
  readonly blank: (place: number) => Json
  readonly max: number
  readonly children: (at: string, place: number) => ComponentChildren
}

export function Repeated({ at, one, addLabel, blank, max, children }: RepeatedProps) {
  const words = useWords(EDITOR)
  const language = useLanguage()
  const { count, add, remove } = useList(at)
  const fault = useFault(at)
  const box = useRef<HTMLDivElement>(null)
  useFocusOnNew(box, count)
  return (
    <div class="desk-repeated" ref={box}>
      {Array.from({ length: count }, (_, place) => (
        <fieldset class="desk-item" key={place}>
          <legend>
            {one} {place + 1}
          </legend>
          <div class="desk-grid">{children(`${at}/${place}`, place)}</div>
          <button
            type="button"
            class="button plain icon-button desk-item-remove"
            aria-label={printPair(words.remove, `${one} ${place + 1}`, language)}
            onClick={() => {
              remove(place)
            }}
          >
            <Icon name="cross" />
          </button>
        </fieldset>
      ))}
      {fault !== undefined && <p class="desk-error">{fault}</p>}
      {count < max && (
        <button
          type="button"
          class="button"
          data-anchor={at}
          onClick={() => {
            add(blank(count))
          }}
        >
          <Icon name="plus" />
          {addLabel}
        </button>
      )}
    </div>
  )
}

/** The first field of an item that was added takes the focus; where one was taken out, the button does. */
function useFocusOnNew(box: { readonly current: HTMLDivElement | null }, count: number): void {
  const before = useRef(count)
  useLayoutEffect(() => {
    const grew = count - before.current
    before.current = count
    if (grew === 1) {
      const items = box.current?.querySelectorAll<HTMLElement>('.desk-item')
      items
        ?.item(items.length - 1)
        .querySelector<HTMLElement>('input, textarea, select')
        ?.focus()
    }
    if (grew === -1) box.current?.querySelector<HTMLElement>(':scope > .button')?.focus()
  }, [count])
}
