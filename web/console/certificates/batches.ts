/** The batches whose certificates there are, newest first. */
import { useLoaded } from '../load.ts'
import type { Loaded } from '../load.ts'
import { useApi } from '../session.tsx'
import { BATCHES } from './answers.ts'
import type { Batch } from './answers.ts'

const MOST = 200

export function useBatches(): Loaded<readonly Batch[]> {
  const api = useApi()
  return useLoaded(async (ended) => {
    const path = `/api/v1/batches?state=anchored&limit=${MOST}`
    return (await api.get(path, BATCHES, ended)).batches
  }, [])
}
