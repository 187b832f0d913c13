/** The certificates that a list shows: those of a batch, wherever one scrolls to, or those that a search finds. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Api } from '../api.ts'
import { asProblem } from '../problem.ts'
import type { Problem } from '../problem.ts'
import { useApi } from '../session.tsx'
import { FOUND, OF_BATCH } from './answers.ts'
import type { Batch, Line, SearchPlace } from './answers.ts'
import { queriesOf } from './query.ts'

export type Lines = {
  readonly count: number
  /** There may be more than are counted. */
  readonly isOpen: boolean
  readonly isLoading: boolean
  readonly problem: Problem | undefined
  readonly rowAt: (index: number) => Line | undefined
  /** What comes into sight is read. */
  readonly show: (from: number, to: number) => void
  readonly again: () => void
}

const PAGE = 100

/** All of a batch: a page is read when it comes into sight, and once. */
export function useBatchLines(batch: Batch | undefined): Lines {
  const api = useApi()
  const [turn, setTurn] = useState(0)
  const [problem, setProblem] = useState<Problem>()
  const [reading, setReading] = useState(0)
  const [, draw] = useState(0)
  const id = batch?.id
  const pages = useMemo(() => new Map<number, readonly Line[] | 'asked'>(), [id, turn])
  const show = useCallback(
    (from: number, to: number): void => {
      if (id === undefined) return
      for (let page = Math.floor(from / PAGE); page * PAGE < to; page += 1) {
        if (pages.has(page)) continue
        pages.set(page, 'asked')
        setReading((before) => before + 1)
        readPage(api, id, page)
          .then(
            (lines) => {
              pages.set(page, lines)
              draw((before) => before + 1)
            },
            (error: unknown) => {
              pages.delete(page)
              setProblem(asProblem(error))
            },
          )
          .finally(() => {
            setReading((before) => before - 1)
          })
      }
    },
    [api, id, pages],
  )
  return {
    count: batch?.size ?? 0,
    isOpen: false,
    isLoading: reading > 0,
    problem,
    rowAt: (index) => {
      const page = pages.get(Math.floor(index / PAGE))
      return page === undefined || page === 'asked' ? undefined : page[index % PAGE]
    },
    show,
    again: () => {
      setProblem(undefined)
      setTurn((before) => before + 1)
    },
  }
}

async function readPage(api: Api, batchId: string, page: number): Promise<readonly Line[]> {
  const path = `/api/v1/batches/${batchId}/certificates?from=${page * PAGE}&limit=${PAGE}`
  const { certificates } = await api.get(path, OF_BATCH)
  return certificates.map((line) => ({ ...line, batchId }))
}

type Search = {
  readonly typed: string
  readonly lines: readonly Line[]
  readonly isOpen: boolean
  readonly isLoading: boolean
  readonly problem: Problem | undefined
}

const NOTHING_YET = { lines: [], isOpen: true, isLoading: true, problem: undefined }

/** What is found by what was typed, page by page as one scrolls. Less than two characters find nothing. */
export function useSearch(typed: string): Lines {
  const api = useApi()
  const [turn, setTurn] = useState(0)
  const [state, setState] = useState<Search>({ typed: '', ...NOTHING_YET })
  const more = useRef<() => void>(() => undefined)
  useEffect(() => {
    const ended = new AbortController()
    const pages = pagesOf(api, typed, ended.signal)
    let isReading = false
    more.current = () => {
      if (isReading) return
      isReading = true
      setState((before) => ({ ...before, isLoading: true, problem: undefined }))
      pages.next().then(
        ({ value, done }) => {
          if (ended.signal.aborted) return
          isReading = false
          setState((before) => added(before, value, done === true))
        },
        (error: unknown) => {
          const problem = asProblem(error)
          const failed = { isLoading: false, isOpen: false, problem }
          if (!ended.signal.aborted) setState((before) => ({ ...before, ...failed }))
        },
      )
    }
    setState({ typed, ...NOTHING_YET })
    more.current()
    return () => {
      ended.abort()
    }
  }, [api, typed, turn])
  const { lines, isOpen, isLoading, problem } = state
  const isStale = state.typed !== typed
  const show = useCallback(
    (_from: number, to: number): void => {
      if (isOpen && to >= lines.length - PAGE / 2) more.current()
    },
    [isOpen, lines.length],
  )
  return {
    count: isStale ? 0 : lines.length,
    isOpen: isOpen && !isStale,
    isLoading: isLoading || isStale,
    problem,
    rowAt: (index) => lines[index],
    show,
    again: () => {
      setTurn((before) => before + 1)
    },
  }
}

function added(before: Search, lines: readonly Line[], isDone: boolean): Search {
  return { ...before, lines: [...before.lines, ...lines], isOpen: !isDone, isLoading: false }
}

/** Each certificate once, although several searches may find it. The last page is what is returned. */
async function* pagesOf(
  api: Api,
  typed: string,
  ended: AbortSignal,
): AsyncGenerator<readonly Line[], readonly Line[]> {
  const seen = new Set<string>()
  let page: Line[] = []
  for (const query of queriesOf(typed)) {
    let after: SearchPlace | null | undefined
    while (after !== null) {
      if (page.length > 0) yield page
      const json = { ...query, limit: PAGE, ...(after === undefined ? {} : { after }) }
      const sending = { json, ended }
      const answer = await api.send('POST', '/api/v1/certificates/search', FOUND, sending)
      page = answer.certificates.filter(({ cid }) => !seen.has(cid))
      for (const { cid } of page) seen.add(cid)
      after = answer.next
    }
  }
  return page
}
