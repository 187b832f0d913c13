/** The rows in sight, read from the file as they come into it. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { OpenedCsv, Row } from '../rows/messages.ts'
import { readRows } from './keep.ts'

/** Kept of those that were in sight before. */
const MOST_KEPT = 2000

export function useRows(
  opened: OpenedCsv,
  indexes: readonly number[],
): (index: number) => Row | undefined {
  const kept = useRef<{ readonly of: OpenedCsv; readonly rows: Map<number, Row> }>({
    of: opened,
    rows: new Map(),
  })
  if (kept.current.of !== opened) kept.current = { of: opened, rows: new Map() }
  const { rows } = kept.current
  const [, setTurn] = useState(0)
  const wanted = indexes.filter((index) => !rows.has(index))
  useEffect(() => {
    if (wanted.length === 0) return
    let isCurrent = true
    readRows(wanted).then(
      (read) => {
        if (!isCurrent) return
        if (rows.size > MOST_KEPT) rows.clear()
        for (const row of read) rows.set(row.index, row)
        setTurn((turn) => turn + 1)
      },
      // The file is let go of: another is being opened.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [opened, wanted.join()])
  return (index) => rows.get(index)
}
