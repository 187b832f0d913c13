/** Every problem as a line, for a file that cannot be shown here. */
import { Told } from '../../../ui/text.tsx'
import { useLanguage, useWords } from '../../../words/language.tsx'
import { printNumber } from '../../../words/print.ts'
import { Table } from '../../table.tsx'
import type { Column } from '../../table.tsx'
import type { DryRun, RowProblem } from '../shapes.ts'
import { CHECK_STEP } from './check-step.words.ts'
import { sayRow } from './say-row.ts'

export function FaultList({ run }: { readonly run: DryRun }) {
  const words = useWords(CHECK_STEP)
  const language = useLanguage()
  const { problems } = run
  if (problems.length === 0) return null
  const columns: Column<RowProblem>[] = [
    {
      key: 'row',
      title: words.columns.row,
      width: '6rem',
      onPhone: true,
      cell: ({ row }) => (row === 0 ? '–' : printNumber(row, language)),
    },
    {
      key: 'column',
      title: words.columns.column,
      width: 'minmax(0, 1fr)',
      cell: ({ column }) => (column === undefined ? '–' : <Told>{column}</Told>),
    },
    {
      key: 'what',
      title: words.columns.what,
      width: 'minmax(0, 2fr)',
      onPhone: true,
      cell: (problem) => sayRow(problem, language),
    },
  ]
  return (
    <div class="desk-stack">
      <p>{words.elsewhere}</p>
      <Table
        label={words.list}
        columns={columns}
        count={problems.length}
        rowAt={(index) => problems[index]}
        keyOf={({ row, column, code }) => `${row} ${column ?? ''} ${code}`}
      />
    </div>
  )
}
