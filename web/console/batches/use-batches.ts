/** The batches of the issuer, newest first, kept up to date while any of them is on its way. */
import { useEffect, useState } from 'preact/hooks'
import { usePages } from '../pages.ts'
import type { Pages } from '../pages.ts'
import { useLoaded } from '../load.ts'
import { useSession } from '../session.tsx'
import { BATCHES, isSettled, TEMPLATES } from './shapes.ts'
import type { Batch } from './shapes.ts'

const PAGE = 200
const LOOK_AGAIN_MS = 4000

export function useBatches(): Pages<Batch> {
  const { api } = useSession()
  const pages = usePages(async (after, ended) => {
    const query = new URLSearchParams({ limit: String(PAGE), ...(after && { after }) })
    const { batches, next } = await api.get(`/api/v1/batches?${query}`, BATCHES, ended)
    return { items: batches, next }
  }, [])
  const [newest, setNewest] = useState<ReadonlyMap<string, Batch>>(new Map())
  const isMoving = pages.items.some((one) => !isSettled(newest.get(one.id) ?? one))
  useEffect(() => {
    if (!isMoving) return
    const ended = new AbortController()
    const timer = setInterval(() => {
      api.get(`/api/v1/batches?limit=${PAGE}`, BATCHES, ended.signal).then(
        ({ batches }) => {
          setNewest(new Map(batches.map((one) => [one.id, one])))
        },
        // The list stays as it was; the next look may succeed.
        () => undefined,
      )
    }, LOOK_AGAIN_MS)
    return () => {
      clearInterval(timer)
      ended.abort()
    }
  }, [isMoving, api])
  return { ...pages, items: pages.items.map((one) => newest.get(one.id) ?? one) }
}

const MOST_TEMPLATES = 200

/** By id, of every version; empty for a key that may not read templates. */
export function useTemplateNames(): ReadonlyMap<string, string> {
  const { api, may } = useSession()
  const { value } = useLoaded(async (ended) => {
    if (!may('templates:read')) return new Map<string, string>()
    const path = `/api/v1/templates?all=true&limit=${MOST_TEMPLATES}`
    const { templates } = await api.get(path, TEMPLATES, ended)
    return new Map(templates.map(({ id, name }) => [id, name]))
  }, [])
  return value ?? NO_NAMES
}

const NO_NAMES: ReadonlyMap<string, string> = new Map()
