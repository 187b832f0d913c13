/** From a request to its route's handler and back: key, allowance, input, idempotency, answer. */

import { once as event } from 'node:events'
import type { Request, Response } from 'express'
import { invariant } from '../../src/index.ts'
import type { Json } from '../../src/index.ts'
import type { RouteContext } from '../routes/context.ts'
import type { RawCall, Route } from '../routes/route.ts'
import { authenticate } from './authenticate.ts'
import type { Asker } from './authenticate.ts'
import { intakeOf } from './body.ts'
import { once, parseIdempotencyKey } from './idempotency.ts'
import { failureLimiterOf, limiterOf } from './limits.ts'
import type { FailureLimiter, RateLimits } from './limits.ts'
import { Refusal } from './problems.ts'
import type { Reply } from './reply.ts'

export type Dispatch = (route: Route, request: Request, response: Response) => Promise<void>

export function dispatcherOf(
  context: RouteContext,
  limits: RateLimits,
  ending: AbortSignal,
): Dispatch {
  const limit = limiterOf(limits)
  const failures = failureLimiterOf(limits.failures)
  return async (route, request, response) => {
    const signal = signalOf(response)
    const reply = await guarded(route, request, response, failures, async () => {
      const asker = await authenticate(request, route.access, context)
      await limit(request, response, route.rate, asker.caller?.keyId)
      return answer(route, request, asker, signal, context)
    })
    await send(route, reply, request, response, AbortSignal.any([signal, ending]))
  }
}

/** Notes keys and tokens that do not count against who shows them, and refuses who showed too many. */
async function guarded(
  { access }: Route,
  request: Request,
  response: Response,
  failures: FailureLimiter,
  work: () => Promise<Reply>,
): Promise<Reply> {
  if (access === 'public') return work()
  await failures.refuse(request)
  // Of an answer that depends on a key, no cache keeps a copy, refusals included.
  response.setHeader('cache-control', 'no-store')
  try {
    return await work()
  } catch (error) {
    const isFailure = error instanceof Refusal && error.code === 'not-authenticated'
    if (isFailure) await failures.count(request, response)
    throw error
  }
}

/** Aborts once the client is gone before it has its answer. */
function signalOf(response: Response): AbortSignal {
  const controller = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished) controller.abort()
  })
  return controller.signal
}

async function answer(
  route: Route,
  request: Request,
  asker: Asker,
  signal: AbortSignal,
  context: RouteContext,
): Promise<Reply> {
  const input = { params: plain(request.params), query: plain(request.query) }
  route.check(input)
  const key =
    route.idempotent === undefined
      ? undefined
      : parseIdempotencyKey(request.headers['idempotency-key'])
  const intake = intakeOf(request, route.body)
  const raw: RawCall = {
    ...input,
    ...asker,
    body: intake.chunks,
    headers: request.headers,
    idempotencyKey: key,
    signal,
  }
  const work = (): Promise<Reply> => route.answer(raw, context)
  if (key === undefined) return work()
  invariant(asker.caller !== undefined, 'an idempotent route has a caller')
  const place = `${route.method} ${JSON.stringify([route.path, input.params, input.query])}`
  const name = { issuer: asker.caller.issuer, key, place }
  return once(context, name, intake, work)
}

/** Parameters and query as JSON: texts, and lists of them where one was sent twice. */
function plain(values: object): Json {
  const entries = Object.entries(values).map(([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) ? value.map(String) : String(value),
  ])
  // Defines `__proto__` as a member like any other, which no schema knows.
  return Object.fromEntries(entries) as Json
}

async function send(
  route: Route,
  reply: Reply,
  request: Request,
  response: Response,
  signal: AbortSignal,
): Promise<void> {
  const spec = route.responses[reply.status]
  invariant(spec !== undefined, `${route.name} declares its answer ${reply.status}`)
  if (route.framed === true) response.removeHeader('x-frame-options')
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value)
  response.status(reply.status)
  switch (reply.kind) {
    case 'json': {
      invariant(spec.schema !== undefined, `${route.name} declares what it answers`)
      // An answer that is not as declared may hold what nobody should see: better none.
      const isDeclared = spec.schema.safeParse(reply.json).success
      invariant(isDeclared, `${route.name} answers as it declares`)
      response.json(reply.json)
      return
    }
    case 'bytes': {
      const { bytes } = reply
      response.setHeader('content-type', reply.type)
      // As a Buffer: Express would print a plain array of bytes as JSON.
      response.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
      return
    }
    case 'empty':
      response.end()
      return
    case 'stream':
      response.setHeader('content-type', reply.type)
      if (request.method !== 'HEAD') await reply.write(response, signal)
      if (response.destroyed) return
      response.end()
      await event(response, 'close')
  }
}
