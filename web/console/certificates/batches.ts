/** The batches whose certificates there are, newest first. */
import { useLoaded } from '../load.ts'
import type { Loaded } from '../load.ts'
import { useSession } from '../session.tsx'
import { BATCHES } from './answers.ts'
import type { Batch } from './answers.ts'

const MOST = 200

/** None for a key that may not read batches: then one searches. */
export function useBatches(): Loaded<readonly Batch[]> {
  const { api, may } = useSession()
  const isRead = may('batches:read')
  return useLoaded(
    async (ended) => {
      if (!isRead) return []
      const path = `/api/v1/batches?state=anchored&limit=${MOST}`
      return (await api.get(path, BATCHES, ended)).batches
    },
    [isRead],
  )
}
