/** What is counted of each template, with a bar of what was issued beside it. */
import { useState } from 'preact/hooks'
import { Told } from '../../ui/text.tsx'
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import type { TemplateCounts } from './answers.ts'
import { CountCells, CountHead } from './count-cells.tsx'
import { STATISTICS } from './statistics.words.ts'

const SHOWN = 10

export function ByTemplate({ templates }: { readonly templates: readonly TemplateCounts[] }) {
  const words = useWords(STATISTICS)
  const language = useLanguage()
  const [isAll, setAll] = useState(false)
  const sorted = templates.toSorted((a, b) => b.issued - a.issued || b.opened - a.opened)
  const shown = isAll ? sorted : sorted.slice(0, SHOWN)
  const most = Math.max(1, ...sorted.map(({ issued }) => issued))
  if (sorted.length === 0) return null
  return (
    <section class="desk-stack">
      <div>
        <h2>{words.perTemplate}</h2>
        <p class="quiet">{words.perTemplateAbout}</p>
      </div>
      <div class="statistics-scroll" role="region" aria-label={words.perTemplate} tabIndex={0}>
        <table class="statistics-table">
          <caption class="visually-hidden">{words.perTemplate}</caption>
          <CountHead first={words.template} />
          <tbody>
            {shown.map((one) => (
              <TemplateRow key={one.id} counts={one} most={most} />
            ))}
          </tbody>
        </table>
      </div>
      {!isAll && sorted.length > SHOWN && (
        <button
          type="button"
          class="button"
          onClick={() => {
            setAll(true)
          }}
        >
          {words.more(printNumber(sorted.length - SHOWN, language))}
        </button>
      )}
    </section>
  )
}

type TemplateRowProps = { readonly counts: TemplateCounts; readonly most: number }

function TemplateRow({ counts, most }: TemplateRowProps) {
  const words = useWords(STATISTICS)
  return (
    <tr>
      <th scope="row">
        {counts.name === null ? words.noTemplate : <Told>{counts.name}</Told>}
        <svg class="share-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect width="100" height="4" class="share-ground" />
          <rect width={(100 * counts.issued) / most} height="4" class="share-part" />
        </svg>
      </th>
      <CountCells counts={counts} />
    </tr>
  )
}
