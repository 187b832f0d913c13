/**
 * The rows of the file where they are: what is wrong stands under each, and its cells can be corrected in place. Only
 * the rows in sight are drawn, and read from the file.
 */
import { useMemo, useRef, useState } from 'preact/hooks'
import { useWords } from '../../../words/language.tsx'
import type { OpenedCsv } from '../rows/messages.ts'
import type { Draft } from './draft.ts'
import { correctRow } from './keep.ts'
import { offsetsOf, rowListOf } from './rows-view.ts'
import type { Filter, RowFaults } from './rows-view.ts'
import { ROWS_SHEET } from './rows-sheet.words.ts'
import './rows-sheet.css'
import { SheetRow } from './sheet-row.tsx'
import { useRows } from './use-rows.ts'
import { useSight } from './use-sight.ts'

type RowsSheetProps = {
  readonly opened: OpenedCsv
  readonly faults: RowFaults
  readonly filter: Filter
  readonly corrections: Draft['corrections']
}

/** In the style sheet as well. */
const ROW_REM = 2.75
const REASON_REM = 1.75

export function RowsSheet({ opened, faults, filter, corrections }: RowsSheetProps) {
  const words = useWords(ROWS_SHEET)
  const scroller = useRef<HTMLDivElement>(null)
  const [edited, setEdited] = useState<ReadonlySet<number>>(new Set())
  const list = useMemo(() => rowListOf(opened, faults, filter), [opened, faults, filter])
  const offsets = useMemo(() => {
    const rem = remInPixels()
    return offsetsOf(list, (index) => {
      const reasons = faults.byIndex.get(index)?.length ?? 0
      return Math.round((ROW_REM + REASON_REM * reasons) * rem)
    })
  }, [list, faults])
  const sight = useSight(scroller, offsets)
  const places = Array.from(
    { length: Math.max(0, sight.to - sight.from) },
    (_, i) => sight.from + i,
  )
  const rowAt = useRows(
    opened,
    places.map((place) => list.indexAt(place)),
  )
  const order = columnOrder(opened, faults, filter)
  const hasRest = faults.hasExtraCells
  const width = { '--columns': order.length + (hasRest ? 1 : 0) }
  return (
    <div
      ref={scroller}
      class="rows-sheet"
      role="table"
      aria-label={words.label}
      aria-rowcount={list.count + 1}
      tabIndex={0}
      style={width}
    >
      <div class="rows-sheet-head" role="row" aria-rowindex={1}>
        <div role="columnheader">{words.row}</div>
        {order.map((at) => (
          <div key={at} role="columnheader">
            {opened.columns[at]}
          </div>
        ))}
        {hasRest && <div role="columnheader">{words.rest}</div>}
      </div>
      <div class="rows-sheet-room" role="rowgroup" style={{ height: `${sight.height}px` }}>
        {places.map((place) => {
          const index = list.indexAt(place)
          return (
            <SheetRow
              key={index}
              place={place}
              top={sight.topOf(place)}
              line={opened.numbers[index] ?? 0}
              row={rowAt(index)}
              columns={opened.columns}
              order={order}
              hasRest={hasRest}
              faults={faults.byIndex.get(index) ?? NONE}
              correction={corrections.get(index)}
              isEdited={edited.has(index)}
              edit={() => {
                setEdited(new Set([...edited, index]))
              }}
              correct={(cells) => {
                correctRow(index, cells)
              }}
            />
          )
        })}
      </div>
    </div>
  )
}

const NONE: readonly never[] = []

/** Where only faulty rows are shown, the columns that are at fault come first: a phone shows one or two. */
function columnOrder({ columns }: OpenedCsv, faults: RowFaults, filter: Filter): readonly number[] {
  const all = columns.map((_, at) => at)
  if (filter !== 'faulty') return all
  const isBad = (at: number): boolean => faults.columns.includes(columns[at] ?? '')
  return [...all.filter(isBad), ...all.filter((at) => !isBad(at))]
}

function remInPixels(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return Number.isFinite(size) ? size : 16
}
