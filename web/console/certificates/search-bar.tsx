/** What is looked for, and in which batch where nothing is. What is typed stands in no address. */
import { useLanguage, useWords } from '../../words/language.tsx'
import { printDay, printNumber, printTime } from '../../words/print.ts'
import { nameOf } from '../batches/shapes.ts'
import { useTemplateNames } from '../batches/use-batches.ts'
import { SelectField, TextField } from '../field.tsx'
import { Toolbar } from '../heading.tsx'
import type { Batch } from './answers.ts'
import { LIST } from './list.words.ts'

type SearchBarProps = {
  readonly typed: string
  readonly take: (typed: string) => void
  readonly batches: readonly Batch[]
  /** The one whose certificates are shown; undefined while one searches. */
  readonly batch: Batch | undefined
  readonly choose: (batchId: string) => void
}

export function SearchBar({ typed, take, batches, batch, choose }: SearchBarProps) {
  const words = useWords(LIST)
  const language = useLanguage()
  const names = useTemplateNames()
  const days = new Map<string, number>()
  const namedBy = ({ templateId, createdAt }: Batch): string =>
    `${templateId ?? ''} ${printDay(createdAt, language)}`
  for (const one of batches) days.set(namedBy(one), (days.get(namedBy(one)) ?? 0) + 1)
  const choices = batches.map((one) => {
    const { id, size, createdAt, templateId } = one
    const what = names.get(templateId ?? '') ?? words.number(nameOf(one))
    // Two of a day are told apart by the hour.
    const print = days.get(namedBy(one)) === 1 ? printDay : printTime
    const when = print(createdAt, language)
    return { value: id, label: words.batchOf(what, when, printNumber(size, language)) }
  })
  return (
    <Toolbar>
      <div class="people-search">
        <TextField
          label={words.search}
          hint={words.searchHint}
          type="search"
          value={typed}
          take={take}
          max={500}
        />
      </div>
      {batch !== undefined && (
        <div class="people-batch">
          <SelectField label={words.batch} value={batch.id} choices={choices} take={choose} />
        </div>
      )}
    </Toolbar>
  )
}
