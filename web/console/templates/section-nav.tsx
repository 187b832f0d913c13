/** The parts of the form, always in sight: where one is in it, and how much each still lacks. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { useInSight } from '../in-sight.ts'
import { EDITOR } from './editor.words.ts'
import { useEditing } from './editing.tsx'
import { FORM, SECTIONS } from './form.words.ts'
import type { SectionName } from './form.words.ts'
import { headingId, sectionOf } from './sections.ts'

export function SectionNav() {
  const words = useWords(EDITOR)
  const { sections } = useWords(FORM)
  const language = useLanguage()
  const missing = useMissing()
  const nav = useRef<HTMLElement>(null)
  const current = useCurrent(nav)
  return (
    <nav ref={nav} class="desk-parts" aria-label={words.parts}>
      <ul role="list">
        {SECTIONS.map((name) => {
          const count = missing.get(name) ?? 0
          return (
            <li key={name}>
              <button
                type="button"
                aria-current={name === current ? 'location' : undefined}
                onClick={() => {
                  goTo(name)
                }}
              >
                {sections[name].title}
                {count > 0 && (
                  <span class="desk-parts-count">
                    <span aria-hidden="true">{printNumber(count, language)}</span>
                    <span class="visually-hidden">
                      {words.partLacks(printNumber(count, language))}
                    </span>
                  </span>
                )}
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** How many mandatory elements and faulty fields each part has, as the linter lists them. */
function useMissing(): ReadonlyMap<SectionName, number> {
  const { judgement, isTried } = useEditing()
  const { lint, faults } = judgement
  const lacking = lint.mandatory.flatMap(({ present, place }) => (present ? [] : [place]))
  const others = faults.flatMap(({ at, isMissing }) =>
    (!isMissing || isTried) && !lacking.includes(at) ? [at] : [],
  )
  const counts = new Map<SectionName, number>()
  for (const place of [...lacking, ...others]) {
    const name = sectionOf(place)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

function goTo(name: SectionName): void {
  const heading = document.getElementById(headingId(name))
  heading?.focus({ preventScroll: true })
  heading?.closest('section')?.scrollIntoView({ block: 'start' })
}

/** Below this much of the height a part is being read. */
const READ_AT = 0.35

/** The last part whose head has come up to where one reads; the last of all at the end of the page. */
function useCurrent(nav: { readonly current: HTMLElement | null }): SectionName {
  const [current, setCurrent] = useState<SectionName>(SECTIONS[0])
  useEffect(() => {
    const look = (): void => {
      const page = document.documentElement
      const isAtEnd = innerHeight + scrollY >= page.scrollHeight - 2
      const reached = SECTIONS.filter((name) => {
        const top = document.getElementById(headingId(name))?.getBoundingClientRect().top
        return top !== undefined && top < innerHeight * READ_AT
      })
      setCurrent((isAtEnd ? SECTIONS.at(-1) : reached.at(-1)) ?? SECTIONS[0])
    }
    look()
    addEventListener('scroll', look, { passive: true })
    addEventListener('resize', look)
    return () => {
      removeEventListener('scroll', look)
      removeEventListener('resize', look)
    }
  }, [])
  useInSight(nav, current)
  return current
}
