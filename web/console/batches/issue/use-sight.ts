/** Which rows of differing heights are in sight. */
import { useEffect } from 'preact/hooks'
import { useScroll } from '../../rows-in-sight.ts'
import { placeAt } from './rows-view.ts'

/** Beyond this height browsers stop counting pixels; a longer list is scrolled through in larger steps. */
const MOST_PIXELS = 8_000_000
/** Drawn beyond what is in sight, so that a quick hand does not see white. */
const BEYOND_PIXELS = 300

export type Sight = {
  readonly from: number
  readonly to: number
  /** Of what scrolls. */
  readonly height: number
  /** Where a row stands in it. */
  topOf(place: number): number
}

/** @param offsets where each row begins, and the last one ends */
export function useSight(
  scroller: { readonly current: HTMLElement | null },
  offsets: Float64Array,
): Sight {
  const { top, room } = useScroll(scroller)
  useEffect(() => {
    // What is shown now may be shorter than where one had scrolled to.
    scroller.current?.scrollTo({ top: 0 })
  }, [offsets])
  const count = offsets.length - 1
  const total = offsets[count] ?? 0
  const height = Math.min(total, MOST_PIXELS)
  const scale = height > room && total > height ? (total - room) / (height - room) : 1
  const shown = Math.min(top * scale, Math.max(0, total - room))
  const from = placeAt(offsets, shown - BEYOND_PIXELS)
  const last = placeAt(offsets, shown + room + BEYOND_PIXELS)
  return {
    from,
    to: Math.min(count, last + 1),
    height,
    topOf: (place) => (offsets[place] ?? 0) - shown + top,
  }
}
