/** Two hooks for what the API does: something to show, and something to do. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { asProblem } from './problem.ts'
import type { Problem } from './problem.ts'

export type Loaded<T> = {
  /** What was read last; it stays while it is read again. */
  readonly value: T | undefined
  readonly problem: Problem | undefined
  readonly isLoading: boolean
  readonly again: () => void
}

/** @param work what reads it; read again whenever one of `on` differs */
export function useLoaded<T>(
  work: (ended: AbortSignal) => Promise<T>,
  on: readonly (string | number | boolean | undefined)[],
): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, 'again'>>(LOADING)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const ended = new AbortController()
    setState(({ value }) => ({ value, problem: undefined, isLoading: true }))
    work(ended.signal).then(
      (value) => {
        if (!ended.signal.aborted) setState({ value, problem: undefined, isLoading: false })
      },
      (error: unknown) => {
        if (ended.signal.aborted) return
        setState(({ value }) => ({ value, problem: asProblem(error), isLoading: false }))
      },
    )
    return () => {
      ended.abort()
    }
  }, [turn, ...on])
  const again = useCallback(() => {
    setTurn((before) => before + 1)
  }, [])
  return { ...state, again }
}

const LOADING = { value: undefined, problem: undefined, isLoading: true }

export type Act<Args extends readonly unknown[]> = {
  readonly isBusy: boolean
  readonly problem: Problem | undefined
  /** Does nothing while it is being done. Resolves to whether it was done; what went wrong stands in `problem`. */
  readonly act: (...args: Args) => Promise<boolean>
  readonly forget: () => void
}

/**
 * @param work what is done, with the idempotency key to do it under: the same one until it is known whether it was done
 */
export function useAct<Args extends readonly unknown[]>(
  work: (key: string, ...args: Args) => Promise<void>,
): Act<Args> {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const key = useRef<string>(undefined)
  const doing = useRef(false)
  const act = async (...args: Args): Promise<boolean> => {
    if (doing.current) return false
    doing.current = true
    setBusy(true)
    setProblem(undefined)
    key.current ??= crypto.randomUUID()
    try {
      await work(key.current, ...args)
      key.current = undefined
      return true
    } catch (error) {
      const found = asProblem(error)
      // It was refused: what is sent next is another request. Where there was no answer, it may have been done.
      if (found.status >= 400 && found.status < 500) key.current = undefined
      setProblem(found)
      return false
    } finally {
      doing.current = false
      setBusy(false)
    }
  }
  const forget = useCallback(() => {
    setProblem(undefined)
  }, [])
  return { isBusy, problem, act, forget }
}
