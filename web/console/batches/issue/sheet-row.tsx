/** One row of the file: its cells, what is wrong with them, and what was changed. */
import { Icon } from '../../../ui/icons.tsx'
import { Told } from '../../../ui/text.tsx'
import { useLanguage, useWords } from '../../../words/language.tsx'
import { printNumber } from '../../../words/print.ts'
import { UNREADABLE } from '../rows/messages.ts'
import type { Correction, Row } from '../rows/messages.ts'
import type { RowProblem } from '../shapes.ts'
import { ROWS_SHEET } from './rows-sheet.words.ts'
import { sayRow } from './say-row.ts'

type SheetRowProps = {
  readonly place: number
  readonly top: number
  readonly line: number
  /** Undefined until it is read. */
  readonly row: Row | undefined
  readonly columns: readonly string[]
  /** Columns in the order in which they are shown. */
  readonly order: readonly number[]
  readonly hasRest: boolean
  readonly faults: readonly RowProblem[]
  readonly correction: Correction | undefined
  /** Every cell can be written into, not only those at fault. */
  readonly isEdited: boolean
  readonly edit: () => void
  readonly correct: (cells: Correction | undefined) => void
}

export function SheetRow(props: SheetRowProps) {
  const { place, top, line, row, columns, order, hasRest, faults, correction } = props
  const words = useWords(ROWS_SHEET)
  const isOut = correction === null
  const isOpen = props.isEdited || faults.some(({ code }) => code === 'cell-count')
  const kind = isOut ? ' out' : correction === undefined ? '' : ' changed'
  return (
    <div
      class={`rows-sheet-row${faults.length > 0 ? ' faulty' : ''}${kind}`}
      role="row"
      aria-rowindex={place + 2}
      style={{ top: `${top}px` }}
    >
      <RowHead {...props} />
      {isOut ? (
        <div class="rows-sheet-out" role="cell">
          {words.leftOut}
        </div>
      ) : (
        order.map((at) => (
          <Cell key={at} {...props} at={at} column={columns[at] ?? ''} isOpen={isOpen} />
        ))
      )}
      {hasRest && !isOut && (
        <div class="rows-sheet-cell" role="cell">
          <Told>{row?.cells.slice(columns.length).join(' · ') ?? ''}</Told>
        </div>
      )}
      <Reasons line={line} faults={faults} isTouched={correction !== undefined} />
    </div>
  )
}

function RowHead({ line, correction, isEdited, edit, correct }: SheetRowProps) {
  const words = useWords(ROWS_SHEET)
  const printed = printNumber(line, useLanguage())
  return (
    <div class="rows-sheet-number" role="rowheader">
      <span>{printed}</span>
      {correction !== undefined && (
        <button
          type="button"
          class="button plain"
          onClick={() => {
            correct(undefined)
          }}
        >
          {words.takeBack}
        </button>
      )}
      {correction === undefined && (
        <>
          <button
            type="button"
            class="button plain icon-button"
            aria-label={words.edit(printed)}
            title={words.edit(printed)}
            aria-pressed={isEdited}
            onClick={edit}
          >
            <Pencil />
          </button>
          <button
            type="button"
            class="button plain icon-button"
            aria-label={words.leaveOut(printed)}
            title={words.leaveOut(printed)}
            onClick={() => {
              correct(null)
            }}
          >
            <Icon name="cross" />
          </button>
        </>
      )}
    </div>
  )
}

type CellProps = SheetRowProps & {
  readonly at: number
  readonly column: string
  readonly isOpen: boolean
}

function Cell({ row, line, columns, faults, correction, correct, at, column, isOpen }: CellProps) {
  const words = useWords(ROWS_SHEET)
  const language = useLanguage()
  const before = row?.cells[at] ?? ''
  const now = correction?.[at] ?? before
  const fault = faults.findIndex((one) => one.column === column)
  if (row === undefined) {
    return (
      <div class="rows-sheet-cell" role="cell">
        …
      </div>
    )
  }
  if (fault === -1 && !isOpen && now === before) {
    return (
      <div class="rows-sheet-cell" role="cell">
        <Told>{before}</Told>
      </div>
    )
  }
  const write = (text: string): void => {
    const cells = columns.map((_, i) => (i === at ? text : (correction?.[i] ?? row.cells[i] ?? '')))
    const isAsBefore =
      cells.length === row.cells.length && cells.every((cell, i) => cell === row.cells[i])
    correct(isAsBefore ? undefined : cells)
  }
  return (
    <div class="rows-sheet-cell" role="cell">
      <input
        class={now === before ? '' : 'changed'}
        value={now === UNREADABLE ? '' : now}
        aria-label={words.cell(column, printNumber(line, language))}
        aria-invalid={fault !== -1 && now === before}
        aria-describedby={fault === -1 ? undefined : `fault-${line}-${fault}`}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => {
          write(currentTarget.value)
        }}
      />
    </div>
  )
}

type ReasonsProps = {
  readonly line: number
  readonly faults: readonly RowProblem[]
  readonly isTouched: boolean
}

function Reasons({ line, faults, isTouched }: ReasonsProps) {
  const words = useWords(ROWS_SHEET)
  const language = useLanguage()
  if (faults.length === 0) return null
  return (
    <div class="rows-sheet-reasons" role="cell">
      {faults.map((fault, i) => (
        <p key={i} id={`fault-${line}-${i}`}>
          <Icon name={isTouched ? 'retry' : 'warning'} size={16} />
          <Told>
            {fault.column === undefined
              ? sayRow(fault, language)
              : words.inColumn(fault.column, sayRow(fault, language))}
          </Told>
          {isTouched && i === 0 && <em>{words.changed}</em>}
        </p>
      ))}
    </div>
  )
}

function Pencil() {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
      <path
        d="M4 20h4L19 9l-4-4L4 16z"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linejoin="round"
      />
    </svg>
  )
}
