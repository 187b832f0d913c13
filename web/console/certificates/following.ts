/** Changes that wait for the chain, followed to their end. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Api } from '../api.ts'
import { useApi } from '../session.tsx'
import { OPERATION } from './answers.ts'
import type { Operation } from './answers.ts'

const FIRST_MS = 800
const MOST_MS = 8000

/**
 * Asks after each that is queued, ever more slowly, and calls `ended` whenever one of them ends. What ended stays, with
 * what became of it.
 */
export function useFollowed(
  queued: readonly Operation[] | undefined,
  ended: () => void,
): readonly Operation[] {
  const api = useApi()
  const [known, setKnown] = useState<ReadonlyMap<string, Operation>>(new Map())
  const tell = useRef(ended)
  tell.current = ended
  useEffect(() => {
    if (queued === undefined || queued.length === 0) return
    setKnown((before) => new Map([...queued.map((one) => [one.id, one] as const), ...before]))
  }, [queued])
  const waiting = [...known.values()].filter(({ state }) => state === 'queued')
  const ids = waiting.map(({ id }) => id).join(' ')
  useEffect(() => {
    if (ids === '') return undefined
    const stop = new AbortController()
    const take = (one: Operation): void => {
      if (stop.signal.aborted) return
      setKnown((before) => new Map([...before, [one.id, one]]))
      if (one.state !== 'queued') tell.current()
    }
    void follow(api, ids.split(' '), take, stop.signal)
    return () => {
      stop.abort()
    }
  }, [ids, api])
  return [...known.values()]
}

async function follow(
  api: Api,
  ids: readonly string[],
  take: (operation: Operation) => void,
  stopped: AbortSignal,
): Promise<void> {
  for (let rest = FIRST_MS; !stopped.aborted; rest = Math.min(rest * 1.5, MOST_MS)) {
    await pause(rest)
    for (const id of ids) {
      try {
        take(await api.get(`/api/v1/operations/${id}`, OPERATION, stopped))
      } catch {
        // Asked again at the next turn: what was asked for is kept, whoever looks.
        continue
      }
    }
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
