/** The rows of a CSV with what was found about them: those to correct first, or all of them. */
import { useState } from 'preact/hooks'
import { Told } from '../../../ui/text.tsx'
import { useLanguage, useWords } from '../../../words/language.tsx'
import { printNumber } from '../../../words/print.ts'
import type { OpenedCsv } from '../rows/messages.ts'
import type { DryRun, RowProblem } from '../shapes.ts'
import { CHECK_STEP } from './check-step.words.ts'
import type { Draft } from './draft.ts'
import { RowsSheet } from './rows-sheet.tsx'
import type { Filter, RowFaults } from './rows-view.ts'
import { sayRow } from './say-row.ts'
import { Warnings } from './warnings.tsx'

type RowsToCorrectProps = {
  readonly opened: OpenedCsv
  readonly run: DryRun
  readonly faults: RowFaults
  readonly corrections: Draft['corrections']
}

export function RowsToCorrect({ opened, run, faults, corrections }: RowsToCorrectProps) {
  const [chosen, setFilter] = useState<{ readonly of: DryRun; readonly filter: Filter }>()
  const first: Filter = faults.byIndex.size > 0 ? 'faulty' : 'all'
  const filter = chosen?.of === run ? chosen.filter : first
  const show = (next: Filter): void => {
    setFilter({ of: run, filter: next })
  }
  return (
    <>
      <Warnings warnings={run.warnings} show={show} />
      <FileProblems problems={faults.ofFile} />
      {opened.count > 0 && (
        <div class="rows-box">
          <Filters faulty={faults.byIndex.size} all={opened.count} filter={filter} show={show} />
          <RowsSheet opened={opened} faults={faults} filter={filter} corrections={corrections} />
        </div>
      )}
    </>
  )
}

function FileProblems({ problems }: { readonly problems: readonly RowProblem[] }) {
  const language = useLanguage()
  if (problems.length === 0) return null
  return (
    <ul class="issue-file-problems" role="list">
      {problems.map((problem, i) => (
        <li key={i} class="desk-error">
          <Told>
            {`${problem.column === undefined ? '' : `${problem.column} – `}${sayRow(problem, language)}`}
          </Told>
        </li>
      ))}
    </ul>
  )
}

type FiltersProps = {
  readonly faulty: number
  readonly all: number
  readonly filter: Filter
  readonly show: (filter: Filter) => void
}

function Filters({ faulty, all, filter, show }: FiltersProps) {
  const words = useWords(CHECK_STEP)
  const language = useLanguage()
  const count = (value: number): string => printNumber(value, language)
  const choices: { readonly to: Filter; readonly label: string }[] = [
    ...(faulty > 0 ? [{ to: 'faulty' as const, label: words.faulty(count(faulty)) }] : []),
    { to: 'all', label: words.all(count(all)) },
    ...(typeof filter === 'string'
      ? []
      : [{ to: filter, label: words.some(count(filter.length)) }]),
  ]
  return (
    <div class="rows-filters" role="group" aria-label={words.which}>
      {choices.map(({ to, label }) => (
        <button
          key={label}
          type="button"
          class="button plain"
          aria-pressed={filter === to}
          onClick={() => {
            show(to)
          }}
        >
          {label}
        </button>
      ))}
    </div>
  )
}
