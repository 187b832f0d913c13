/** A list that the API gives page by page, each naming where the next begins. */
import { useEffect, useState } from 'preact/hooks'
import { asProblem } from './problem.ts'
import type { Problem } from './problem.ts'

export type PageOf<T> = { readonly items: readonly T[]; readonly next: string | null }

export type Pages<T> = {
  readonly items: readonly T[]
  readonly isLoading: boolean
  readonly hasMore: boolean
  readonly problem: Problem | undefined
  readonly more: () => void
  /** From the beginning. */
  readonly again: () => void
}

type State<T> = {
  readonly items: readonly T[]
  /** Undefined before the first page. */
  readonly next: string | null | undefined
  readonly isLoading: boolean
  readonly problem: Problem | undefined
}

const NONE = { items: [], next: undefined, isLoading: true, problem: undefined }

/**
 * @param read one page; `after` is undefined for the first
 * @param on begins anew whenever one of them differs
 */
export function usePages<T>(
  read: (after: string | undefined, ended: AbortSignal) => Promise<PageOf<T>>,
  on: readonly (string | number | boolean | undefined)[],
): Pages<T> {
  const [state, setState] = useState<State<T>>(NONE)
  // What is wanted: from where, in which round.
  const [want, setWant] = useState<{ readonly after: string | undefined; readonly turn: number }>({
    after: undefined,
    turn: 0,
  })
  useEffect(() => {
    setWant(({ turn }) => ({ after: undefined, turn: turn + 1 }))
  }, on)
  useEffect(() => {
    const ended = new AbortController()
    const { after } = want
    setState((before) => ({ ...before, isLoading: true, problem: undefined }))
    read(after, ended.signal).then(
      ({ items, next }) => {
        if (ended.signal.aborted) return
        const settled = { next, isLoading: false, problem: undefined }
        setState((before) => ({
          items: after === undefined ? items : [...before.items, ...items],
          ...settled,
        }))
      },
      (error: unknown) => {
        if (ended.signal.aborted) return
        setState((before) => ({ ...before, isLoading: false, problem: asProblem(error) }))
      },
    )
    return () => {
      ended.abort()
    }
  }, [want])
  const { items, next, isLoading, problem } = state
  return {
    items,
    isLoading,
    problem,
    hasMore: typeof next === 'string',
    more: () => {
      if (typeof next === 'string' && !isLoading) {
        setWant(({ turn }) => ({ after: next, turn: turn + 1 }))
      }
    },
    again: () => {
      setWant(({ turn }) => ({ after: undefined, turn: turn + 1 }))
    },
  }
}
