/** What is looked for, and in which batch where nothing is. What is typed stands in no address. */
import { useLanguage, useWords } from '../../words/language.tsx'
import { printNumber, printTime } from '../../words/print.ts'
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
  const choices = batches.map(({ id, size, createdAt }) => ({
    value: id,
    label: words.batchOf(printNumber(size, language), printTime(createdAt, language)),
  }))
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
