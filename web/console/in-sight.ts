import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** Keeps the current one of a list that scrolls sideways in its middle: `nav` has the list, `current` says when it changed. */
export function useInSight(nav: RefObject<HTMLElement | null>, current: string): void {
  useEffect(() => {
    const list = nav.current?.querySelector('ul')
    const one = nav.current?.querySelector<HTMLElement>('[aria-current]')
    if (!list || !one) return
    list.scrollTo({ left: one.offsetLeft - (list.clientWidth - one.offsetWidth) / 2 })
  }, [nav, current])
}
