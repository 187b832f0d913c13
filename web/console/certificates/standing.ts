/** How the certificates in sight stand: asked for together, and again while changes of them wait for the chain. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Api } from '../api.ts'
import { useApi } from '../session.tsx'
import { STATE_LINES } from './answers.ts'
import type { StateLine } from './answers.ts'

export type Standing = {
  readonly of: (cid: string) => StateLine | undefined
  /** These are in sight now. */
  readonly look: (cids: readonly string[]) => void
  /** Something was done to these: what is known of them is old. */
  readonly renew: (cids: readonly string[]) => void
}

/** While one scrolls, nothing is asked for. */
const REST_MS = 200
const AGAIN_MS = 2500
const MOST = 100

export function useStanding(): Standing {
  const api = useApi()
  const known = useMemo(() => new Map<string, StateLine>(), [api])
  const [turn, setTurn] = useState(0)
  const inSight = useRef<readonly string[]>([])
  const [wanted, setWanted] = useState(0)
  const look = useCallback((cids: readonly string[]): void => {
    if (cids.join() === inSight.current.join()) return
    inSight.current = cids
    setWanted((before) => before + 1)
  }, [])
  const renew = useCallback(
    (cids: readonly string[]): void => {
      for (const cid of cids) known.delete(cid)
      setWanted((before) => before + 1)
    },
    [known],
  )
  useEffect(() => {
    const isOld = (cid: string): boolean => (known.get(cid)?.queued ?? undefined) !== undefined
    const missing = inSight.current.filter((cid) => !known.has(cid))
    const old = inSight.current.filter(isOld)
    if (missing.length + old.length === 0) return undefined
    const ended = new AbortController()
    const timer = setTimeout(
      () => {
        readStates(api, [...missing, ...old].slice(0, MOST), ended.signal).then(
          (lines) => {
            for (const line of lines) known.set(line.cid, line)
            setTurn((before) => before + 1)
          },
          // A list without states is still a list; the next look asks again.
          () => undefined,
        )
      },
      missing.length > 0 ? REST_MS : AGAIN_MS,
    )
    return () => {
      clearTimeout(timer)
      ended.abort()
    }
  }, [api, known, wanted, turn])
  return { of: (cid) => known.get(cid), look, renew }
}

async function readStates(
  api: Api,
  cids: readonly string[],
  ended: AbortSignal,
): Promise<readonly StateLine[]> {
  const sending = { json: { cids }, ended }
  return (await api.send('POST', '/api/v1/certificates/states', STATE_LINES, sending)).states
}
