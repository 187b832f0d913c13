/** Pages of a list: what came last stands for where the next one begins. */

import { z } from 'zod'
import { FormatError } from '../../src/index.ts'
import { count } from './names.ts'

const MAX_LIMIT = 200
const DEFAULT_LIMIT = 50

export const pageQuery = {
  limit: count(1, MAX_LIMIT, `How many; default ${DEFAULT_LIMIT}`).optional(),
  after: z.string().max(100).optional().meta({ description: '`next` of the page before' }),
}

export type Place = { readonly createdAt: number; readonly id: string }

/** Throws `FormatError` for a text that no page gave. */
export function pageOf(query: {
  readonly limit?: number | undefined
  readonly after?: string | undefined
}): { readonly limit: number; readonly after?: Place } {
  const { limit = DEFAULT_LIMIT, after } = query
  if (after === undefined) return { limit }
  const [, createdAt, id] = /^([0-9]{1,16})\.([\w-]{22})$/.exec(after) ?? []
  if (createdAt === undefined || id === undefined) {
    throw new FormatError('wrong-value', 'query/after', 'query/after: this names no page')
  }
  return { limit, after: { createdAt: Number(createdAt), id } }
}

/** Where the next page begins; null where this one was not full. */
export function nextOf(items: readonly Place[], limit: number): string | null {
  const last = items.at(-1)
  return last === undefined || items.length < limit ? null : `${last.createdAt}.${last.id}`
}
