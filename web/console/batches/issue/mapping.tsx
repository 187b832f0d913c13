/** Which column of the file fills which of the template: what the server proposes, and what is changed about it. */
import { Told } from '../../../ui/text.tsx'
import { useLanguage, useWords } from '../../../words/language.tsx'
import { printList, printNumber } from '../../../words/print.ts'
import { SelectField } from '../../field.tsx'
import type { Preview } from '../shapes.ts'
import { doubledColumns, ignoredColumns, isMapped, missingColumns } from './draft.ts'
import type { Draft } from './draft.ts'
import { FILE_STEP } from './file-step.words.ts'
import { chooseColumn } from './keep.ts'

type MappingProps = { readonly draft: Draft; readonly preview: Preview }

export function Mapping({ draft, preview }: MappingProps) {
  const words = useWords(FILE_STEP)
  const language = useLanguage()
  const missing = missingColumns(draft)
  const doubled = doubledColumns(draft)
  const ignored = ignoredColumns(draft)
  const list = (columns: readonly string[]): string => printList(columns, language)
  // What is still to be done comes first.
  const inOrder = preview.wanted.toSorted(
    (a, b) => Number(draft.chosen.has(a)) - Number(draft.chosen.has(b)),
  )
  return (
    <div class="issue-mapping">
      <div role="status">
        {isMapped(draft) && <p>{words.allFound(printNumber(preview.wanted.length, language))}</p>}
        {missing.length > 0 && <p class="issue-warning">{words.missing(list(missing))}</p>}
        {doubled.length > 0 && <p class="issue-warning">{words.doubled(list(doubled))}</p>}
      </div>
      {ignored.length > 0 && (
        <p class="quiet">
          <Told>{words.ignored(list(ignored))}</Told>
        </p>
      )}
      <details class="desk-fold" open={missing.length > 0 || doubled.length > 0 ? true : undefined}>
        <summary>{words.change}</summary>
        <p class="quiet">{words.where}</p>
        <div class="issue-columns">
          {inOrder.map((name) => (
            <ColumnChoice key={name} name={name} draft={draft} preview={preview} />
          ))}
        </div>
      </details>
    </div>
  )
}

type ColumnChoiceProps = MappingProps & { readonly name: string }

function ColumnChoice({ name, draft, preview }: ColumnChoiceProps) {
  const words = useWords(FILE_STEP)
  const inFile = draft.chosen.get(name)
  const example = inFile === undefined ? undefined : exampleOf(preview, inFile)
  const isDoubled = inFile !== undefined && doubledColumns(draft).includes(inFile)
  return (
    <SelectField
      label={name}
      hint={example === undefined ? undefined : <Told>{words.sample(example)}</Told>}
      error={inFile === undefined ? words.unfilled : isDoubled ? words.doubled(inFile) : undefined}
      value={inFile ?? ''}
      choices={[
        { value: '', label: words.none },
        ...preview.columns.map((column) => ({ value: column, label: column })),
      ]}
      take={(chosen) => {
        chooseColumn(name, chosen === '' ? undefined : chosen)
      }}
    />
  )
}

const LONGEST_EXAMPLE = 60

/** The first cell of the column in which anything stands. */
function exampleOf({ columns, rows }: Preview, inFile: string): string | undefined {
  const at = columns.indexOf(inFile)
  const cells = rows.map(({ cells: all }) => all[at]?.trim() ?? '')
  return cells.find((cell) => cell !== '')?.slice(0, LONGEST_EXAMPLE)
}
