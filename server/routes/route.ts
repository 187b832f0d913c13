/**
 * A route as data. Application, OpenAPI document and security test are all made of the table of these: what is not
 * declared here does not exist.
 */

import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import type { Json } from '../../src/index.ts'
import type { Body, Chunks } from '../http/body.ts'
import { parseInput } from '../http/input.ts'
import type { ProblemCode } from '../http/problems.ts'
import type { Reply } from '../http/reply.ts'
import type { Caller, Scope } from '../http/scopes.ts'
import type { Session } from '../keys/sessions.ts'
import type { RouteContext } from './context.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * `public`: anyone; `holder`: a token derived from a holder link, which the handler compares; `sign-in`: the console,
 * with a key in the body, which the handler looks at; `session`: its cookie; else a scope, of an API key or of the cookie
 * that stands for one.
 */
export type Access = 'public' | 'holder' | 'sign-in' | 'session' | Scope

/** Which allowance a request counts against; `server/http/limits.ts` has the numbers. */
export type RateClass = 'default' | 'verify' | 'holder' | 'issue' | 'recovery' | 'unlimited'

export type ResponseSpec = {
  readonly description: string
  /** Of a JSON answer; what a handler answers is checked against it before it is sent. */
  readonly schema?: z.ZodType
  /** Media types of any other answer. */
  readonly types?: readonly string[]
}

/** What a handler is given: its input checked, and who asks. */
export type Call<P, Q, B> = {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly headers: IncomingHttpHeaders
  /** For `holder`: the 32 bytes of the token. */
  readonly token: Uint8Array | undefined
  /** Present where access is a scope or `session`. */
  readonly caller: Caller | undefined
  /** Present where the console's cookie was shown. */
  readonly session: Session | undefined
  /** As sent, for routes that are `idempotent`: whoever creates hands it on, so that a crash in between is survived. */
  readonly idempotencyKey: string | undefined
  /** Aborts when the client leaves. */
  readonly signal: AbortSignal
}

type Described = {
  readonly method: Method
  /** With `:name` for parameters, as Express has it. */
  readonly path: string
  /** Unique, camelCase: `operationId` of the OpenAPI document. */
  readonly name: string
  readonly summary: string
  readonly access: Access
  readonly rate: RateClass
  /** A `GET` that changes something: HEAD is another method here. */
  readonly head?: false
  /** Readers open it by its address: what is wrong with that is told them by a page. */
  readonly page?: true
  /** Other sites may frame the page; of a refusal, nobody may. */
  readonly framed?: true
  /** Takes `Idempotency-Key`, and answers one that it has seen with the first reply (JSON of ids only). */
  readonly idempotent?: true
  /** Scripts of other sites may read its answers, refusals too: it hands out by what is asked for, never by a cookie. */
  readonly foreign?: true
  /** By status. Problems are described by their codes. */
  readonly responses: Readonly<Record<number, ResponseSpec>>
  readonly problems?: readonly ProblemCode[]
}

export type RouteSpec<P extends z.ZodType, Q extends z.ZodType, B> = Described & {
  /** `NONE`, or a strict object of the path's parameters. */
  readonly params: P
  readonly query: Q
  readonly body: Body<B>
  readonly handle: (
    call: Call<z.output<P>, z.output<Q>, B>,
    context: RouteContext,
  ) => Promise<Reply> | Reply
}

/** What a request brings before any schema saw it. */
export type RawCall = Call<Json, Json, Chunks>

/** A route whose input types stay inside. */
export type Route = Described & {
  readonly params: z.ZodType
  readonly query: z.ZodType
  readonly body: Body<unknown>
  /** Checks parameters and query, so that nothing is read of a request that is refused anyway. Throws `FormatError`. */
  check(raw: Pick<RawCall, 'params' | 'query'>): void
  /** Reads the body, checks everything, and handles. */
  answer(raw: RawCall, context: RouteContext): Promise<Reply>
}

/** For a route without parameters, or without a query. */
export const NONE = z.strictObject({})

/** Of a page: what other sites add to its address (`fbclid`, `utm_source`) is looked at by nobody. */
export const ANY_QUERY = z.object({})

export function route<P extends z.ZodType, Q extends z.ZodType, B>(
  spec: RouteSpec<P, Q, B>,
): Route {
  const { params, query, body, handle, ...described } = spec
  const inputOf = (raw: Pick<RawCall, 'params' | 'query'>) => ({
    params: parseInput(params, raw.params, 'path'),
    query: parseInput(query, raw.query, 'query'),
  })
  return {
    ...described,
    params,
    query,
    body,
    check: (raw) => {
      inputOf(raw)
    },
    answer: async (raw, context) => {
      const call = { ...raw, ...inputOf(raw), body: await body.read(raw.body) }
      return handle(call, context)
    },
  }
}
