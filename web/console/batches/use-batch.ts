/** One batch, told of as it goes: by the server's events until it is settled, after a reload as well. */
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Problem } from '../problem.ts'
import { useApi } from '../session.tsx'
import { BATCH, isSettled, STANDING } from './shapes.ts'
import type { Batch } from './shapes.ts'

export type Followed = {
  readonly batch: Batch | undefined
  readonly problem: Problem | undefined
  /** Reads it again, for what was done about it here. */
  readonly again: () => void
  /** What a request answered. */
  readonly take: (batch: Batch) => void
}

export function pathOf(batchId: string): string {
  return `/api/v1/batches/${encodeURIComponent(batchId)}`
}

export function useBatch(batchId: string): Followed {
  const api = useApi()
  const [batch, setBatch] = useState<Batch>()
  const [problem, setProblem] = useState<Problem>()
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    setProblem(undefined)
    const stop = api.listen(`${pathOf(batchId)}/events`, 'batch', BATCH, {
      take: (told) => {
        setBatch(told)
        setProblem(undefined)
        // The server ends the stream then, and a browser would ask for it again and again.
        if (isSettled(told)) stop()
      },
      failed: (found) => {
        setProblem(found)
      },
    })
    return stop
  }, [api, batchId, turn])
  const again = useCallback(() => {
    setTurn((before) => before + 1)
  }, [])
  return { batch, problem, again, take: setBatch }
}

const LOOK_AGAIN_MS = 2500

export type Standing = 'standing' | 'revoking' | 'revoked'

/** Whether the whole batch was revoked; undefined until that is known, or where nobody can say. */
export function useStanding(
  batchId: string,
  isAnchored: boolean,
  turn: number,
): Standing | undefined {
  const api = useApi()
  const [standing, setStanding] = useState<Standing>()
  useEffect(() => {
    if (!isAnchored) return
    const ended = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      api.get(`${pathOf(batchId)}/certificates/0`, STANDING, ended.signal).then(
        ({ status, queued }) => {
          const isRevoking = queued.some(({ kind }) => kind === 'revoke-batch')
          const isRevoked = status.state === 'batch-revoked'
          setStanding(isRevoked ? 'revoked' : isRevoking ? 'revoking' : 'standing')
          if (isRevoking && !isRevoked) timer = setTimeout(look, LOOK_AGAIN_MS)
        },
        // A key that may not read certificates, or a first certificate that is gone: then nothing is said.
        () => undefined,
      )
    }
    look()
    return () => {
      ended.abort()
      clearTimeout(timer)
    }
  }, [api, batchId, isAnchored, turn])
  return standing
}
