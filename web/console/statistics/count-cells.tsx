/** Columns of a table of all that is counted. */
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber } from '../../words/print.ts'
import { COUNTED } from './counts.ts'
import type { Counts } from './counts.ts'
import { STATISTICS } from './statistics.words.ts'

/** @param first the heading of what the rows are */
export function CountHead({ first }: { readonly first: string }) {
  const words = useWords(STATISTICS)
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {COUNTED.map((what) => (
          <th key={what} scope="col" class="number">
            {words.counted[what]}
          </th>
        ))}
      </tr>
    </thead>
  )
}

export function CountCells({ counts }: { readonly counts: Counts }) {
  const language = useLanguage()
  return (
    <>
      {COUNTED.map((what) => (
        <td key={what} class="number">
          {printNumber(counts[what], language)}
        </td>
      ))}
    </>
  )
}
