/** Which rows of a long list are in sight, and how high one is. */
import { useEffect, useState } from 'preact/hooks'

/** In the style sheet as well: `--row`. In rem, so that a row grows with the reader's text. */
const ROW_REM = 3.5
/** Drawn beyond what is in sight, so that a quick hand does not see white. */
const BEYOND = 8

type Window = {
  readonly from: number
  readonly to: number
  readonly height: number
  /** Not all of them have room. */
  readonly isLong: boolean
}

/** @param scroller what scrolls the rows */
export function useWindow(
  scroller: { readonly current: HTMLElement | null },
  count: number,
): Window {
  const { top, room } = useScroll(scroller)
  const height = rowHeight()
  const first = Math.floor(top / height)
  const last = Math.ceil((top + room) / height)
  const from = Math.max(0, Math.min(first, count) - BEYOND)
  const to = Math.max(from, Math.min(count, last + BEYOND))
  return { from, to, height, isLong: count * height > room + 1 }
}

/** How far down a box is scrolled, and how high it is, in pixels. */
export function useScroll(scroller: { readonly current: HTMLElement | null }): {
  readonly top: number
  readonly room: number
} {
  const [sight, setSight] = useState({ top: 0, room: 600 })
  useEffect(() => {
    const box = scroller.current
    if (box === null) return
    const look = (): void => {
      setSight({ top: box.scrollTop, room: box.clientHeight })
    }
    const watch = new ResizeObserver(look)
    watch.observe(box)
    box.addEventListener('scroll', look, { passive: true })
    return () => {
      watch.disconnect()
      box.removeEventListener('scroll', look)
    }
  }, [])
  return sight
}

function rowHeight(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return Math.round(ROW_REM * (Number.isFinite(size) ? size : 16))
}
