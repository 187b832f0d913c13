/**
 * A table of as many rows as there are: only those in sight are drawn. A row takes the focus; arrows, Page Up and Down,
 * Home and End move it, Enter opens the row, Tab leads into its own buttons.
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useWindow } from './rows-in-sight.ts'

export type Column<Row> = {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => ComponentChildren
  /** A track of CSS grid: `minmax(0, 2fr)`, `8rem`. */
  readonly width: string
  /** On a phone, the row has room for two or three. */
  readonly onPhone?: boolean
  readonly isNumber?: boolean
}

type TableProps<Row> = {
  /** What the rows are, for a screen reader. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly count: number
  /** Undefined where it is not read yet. */
  readonly rowAt: (index: number) => Row | undefined
  readonly keyOf: (row: Row) => string
  readonly open?: (row: Row) => void
  /** Told what is in sight, so that it can be read: from, and up to without. */
  readonly show?: (from: number, to: number) => void
  readonly isChosen?: (row: Row) => boolean
}

export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, count, show } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { from, to, height, isLong } = useWindow(scroller, count)
  const [current, setCurrent] = useState(0)
  const at = Math.min(current, Math.max(0, count - 1))
  const moveTo = useFocus(scroller, height, setCurrent)
  useEffect(() => {
    show?.(from, to)
  }, [from, to, show])
  useTracks(scroller, columns)
  return (
    <div
      class={isLong ? 'desk-table long' : 'desk-table'}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
    >
      <div class="desk-row head" role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <div key={column.key} class={classOf(column)} role="columnheader">
            {column.title}
          </div>
        ))}
      </div>
      <div
        ref={scroller}
        class="desk-rows"
        role="rowgroup"
        onKeyDown={(event) => {
          const step = stepOf(event, Math.max(1, to - from - 2))
          if (step === undefined) return
          event.preventDefault()
          moveTo(Math.max(0, Math.min(count - 1, step(at, count))))
        }}
      >
        <div class="desk-rows-room" role="presentation" style={{ height: `${count * height}px` }}>
          {indices(from, to, at, count).map((index) => (
            <TableRow
              {...props}
              key={index}
              index={index}
              top={index * height}
              isCurrent={index === at}
              focused={() => {
                setCurrent(index)
              }}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

type RowProps<Row> = TableProps<Row> & {
  readonly index: number
  readonly top: number
  readonly isCurrent: boolean
  readonly focused: () => void
}

function TableRow<Row>(props: RowProps<Row>) {
  const { columns, rowAt, open, index, top, isCurrent, focused, isChosen } = props
  const row = rowAt(index)
  const opened =
    row !== undefined && open !== undefined
      ? () => {
          open(row)
        }
      : undefined
  return (
    <div
      class={`desk-row${opened === undefined ? '' : ' opens'}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={row !== undefined && isChosen !== undefined ? isChosen(row) : undefined}
      aria-busy={row === undefined}
      data-row={index}
      tabIndex={isCurrent ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
      onFocus={focused}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) opened?.()
      }}
      onClick={(event) => {
        if (!isControl(event.target)) opened?.()
      }}
    >
      {columns.map((column) => (
        <div key={column.key} class={classOf(column)} role="gridcell">
          {row === undefined ? '…' : column.cell(row)}
        </div>
      ))}
    </div>
  )
}

/** Moves the focus to a row that may be out of sight yet. */
function useFocus(
  scroller: { readonly current: HTMLDivElement | null },
  height: number,
  setCurrent: (index: number) => void,
): (index: number) => void {
  const wanted = useRef<number>(undefined)
  useLayoutEffect(() => {
    if (wanted.current === undefined) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`)
    if (!row) return
    row.focus({ preventScroll: true })
    wanted.current = undefined
  })
  return (index) => {
    const box = scroller.current
    if (box === null) return
    const top = index * height
    if (top < box.scrollTop) box.scrollTop = top
    const below = top + height - box.clientHeight
    if (below > box.scrollTop) box.scrollTop = below
    wanted.current = index
    setCurrent(index)
    // The row may be drawn already, and nothing be drawn anew.
    box.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true })
  }
}

/** The widths of the columns, of all and of those that a phone shows, as properties of the style sheet. */
function useTracks<Row>(
  scroller: { readonly current: HTMLDivElement | null },
  columns: readonly Column<Row>[],
): void {
  const tracks = columns.map(({ width }) => width).join(' ')
  const onPhone = columns.flatMap((one) => (one.onPhone === true ? [one.width] : [])).join(' ')
  useLayoutEffect(() => {
    const table = scroller.current?.parentElement
    table?.style.setProperty('--tracks', tracks)
    table?.style.setProperty('--tracks-phone', onPhone)
  }, [tracks, onPhone])
}

/** Those in sight, and the current one, which keeps the focus when it is scrolled away. */
function indices(from: number, to: number, current: number, count: number): number[] {
  const inSight = Array.from({ length: to - from }, (_, i) => from + i)
  const isThere = current >= count || (current >= from && current < to)
  if (isThere) return inSight
  return current < from ? [current, ...inSight] : [...inSight, current]
}

function stepOf(
  { key, target }: KeyboardEvent,
  page: number,
): ((at: number, count: number) => number) | undefined {
  if (isField(target)) return undefined
  switch (key) {
    case 'ArrowDown':
      return (at) => at + 1
    case 'ArrowUp':
      return (at) => at - 1
    case 'PageDown':
      return (at) => at + page
    case 'PageUp':
      return (at) => at - page
    case 'Home':
      return () => 0
    case 'End':
      return (_at, count) => count - 1
    default:
      return undefined
  }
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, select, textarea')
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, input, select, textarea') !== null
}

function classOf({ onPhone, isNumber }: Column<never>): string {
  return `desk-cell${onPhone === true ? '' : ' not-on-phone'}${isNumber === true ? ' number' : ''}`
}
