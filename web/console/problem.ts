/** What the API answers where it does not do what was asked: RFC 9457 problem details, narrowed. */
import * as z from 'zod'

/** A column or a row that is at fault; `server/rows/problems.ts` has the codes. */
export type FaultyRow = {
  readonly code: string
  readonly row: number | undefined
  readonly column: string | undefined
  readonly reason: string | undefined
  readonly first: number | undefined
}

/**
 * Besides the codes of the API: `offline` where it could not be reached, `unreadable` where the answer is not what this
 * page knows.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  /** 0 where there was no answer. */
  readonly status: number
  /** For input: JSON Pointer or name of the member, and what is wrong with it. */
  readonly format: { readonly code: string; readonly field: string } | undefined
  /** For what cannot be issued or changed as things stand. */
  readonly issuing: string | undefined
  readonly rows: readonly FaultyRow[]
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | undefined

  constructor(code: string, status: number, more: Partial<Details> = {}) {
    super(more.detail ?? code)
    this.code = code
    this.status = status
    this.format = more.format
    this.issuing = more.issuing
    this.rows = more.rows ?? []
    this.retryAfter = more.retryAfter
  }
}

type Details = {
  readonly detail: string | undefined
  readonly format: { readonly code: string; readonly field: string } | undefined
  readonly issuing: string | undefined
  readonly rows: readonly FaultyRow[]
  readonly retryAfter: number | undefined
}

const orUndefined = <T>(schema: z.ZodType<T>): z.ZodType<T | undefined> =>
  schema.optional().catch(undefined)

const problemSchema = z.object({
  code: z.string(),
  detail: orUndefined(z.string()),
  format: orUndefined(z.object({ code: z.string(), field: z.string() })),
  issuing: orUndefined(z.string()),
  rows: z
    .array(
      z.object({
        code: z.string(),
        row: orUndefined(z.int()),
        column: orUndefined(z.string()),
        reason: orUndefined(z.string()),
        first: orUndefined(z.int()),
      }),
    )
    .catch([]),
})

/** Of an answer that is not 2xx. */
export function problemOf(status: number, body: string, retryAfter: string | null): Problem {
  const read = problemSchema.safeParse(jsonOf(body))
  if (!read.success) return new Problem('unreadable', status)
  const { code, ...more } = read.data
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined
  return new Problem(code, status, { ...more, retryAfter: seconds })
}

/** Whatever went wrong, as something to show. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  return new Problem('unreadable', 0, { detail: String(error) })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
