/** What is folded on a screen stands open on paper, where nobody can open it; for browsers whose styles cannot do that. */
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** Of the element that the reference is given to: its folds open for a print, and those that were shut shut again. */
export function useOpenOnPaper(): RefObject<HTMLElement | null> {
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    let opened: HTMLDetailsElement[] = []
    const open = (): void => {
      opened = [
        ...(place.current?.querySelectorAll<HTMLDetailsElement>('details:not([open])') ?? []),
      ]
      for (const fold of opened) fold.open = true
    }
    const shut = (): void => {
      for (const fold of opened) fold.open = false
      opened = []
    }
    window.addEventListener('beforeprint', open)
    window.addEventListener('afterprint', shut)
    return () => {
      window.removeEventListener('beforeprint', open)
      window.removeEventListener('afterprint', shut)
    }
  }, [])
  return place
}
