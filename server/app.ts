/** The HTTP application: headers, log, the routes of the table, problems. */

import { randomUUID } from 'node:crypto'
import express from 'express'
import type { ErrorRequestHandler, Express, Request, RequestHandler, Response } from 'express'
import helmet from 'helmet'
import { dispatcherOf } from './http/dispatch.ts'
import type { Dispatch } from './http/dispatch.ts'
import { RATE_LIMITS } from './http/limits.ts'
import type { RateLimits } from './http/limits.ts'
import type { Metrics } from './http/metrics.ts'
import { problemOf, Refusal } from './http/problems.ts'
import { fieldsOfError } from './log.ts'
import type { Log } from './log.ts'
import { isReader, sendNowhere } from './nowhere.ts'
import type { Pages } from './pages.ts'
import type { RouteContext } from './routes/context.ts'
import type { Route } from './routes/route.ts'
import { ROUTES } from './routes/table.ts'
import { isTrouble, sendTrouble } from './trouble-page.ts'

/** Number of proxies before us, or their addresses and networks; false: nobody's word on the client's address counts. */
export type TrustProxy = false | number | readonly string[]

export type AppOptions = {
  readonly context: RouteContext
  readonly log: Log
  readonly trustProxy?: TrustProxy
  readonly limits?: RateLimits
  readonly routes?: readonly Route[]
  /** Aborts when the server is to end: streams stop there. */
  readonly ending: AbortSignal
}

/** The pattern of the route that a request came to, whether a page stands there, and one that others may frame. */
type Place = { readonly path: string; readonly isPage: boolean; readonly isFramed: boolean }
type Matched = WeakMap<Request, Place>

export function appOf(options: AppOptions): Express {
  const { context, log, trustProxy = false, limits = RATE_LIMITS, routes = ROUTES } = options
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', typeof trustProxy === 'object' ? [...trustProxy] : trustProxy)
  app.set('query parser', 'simple')
  app.set('case sensitive routing', true)
  app.set('strict routing', true)
  const matched: Matched = new WeakMap()
  app.use(securityHeaders())
  app.use(watchRequests(log, context.metrics, matched))
  addRoutes(app, routes, dispatcherOf(context, limits, options.ending), matched)
  app.use((_request, response) => {
    response.vary('accept')
    throw new Refusal('not-found', 'there is nothing here')
  })
  app.use(answerReader(context.pages, matched))
  app.use(answerProblem(log, matched))
  return app
}

function addRoutes(
  app: Express,
  routes: readonly Route[],
  dispatch: Dispatch,
  matched: Matched,
): void {
  for (const [path, some] of Map.groupBy(routes, ({ path }) => path)) {
    const methods = methodsOf(some)
    const foreign = methodsOf(some.filter((route) => route.foreign === true))
    const isPage = some.some((route) => route.page === true)
    const isFramed = some.some((route) => route.framed === true)
    app.all(path, async (request, response) => {
      matched.set(request, { path, isPage, isFramed })
      const asked = request.method === 'OPTIONS' ? 'GET' : request.method
      if (foreign.includes(asked)) letOthersRead(response, foreign)
      if (foreign.length > 0 && request.method === 'OPTIONS') {
        response.status(204).end()
        return
      }
      const wanted = request.method === 'HEAD' ? 'GET' : request.method
      const route = some.find(({ method }) => method === wanted)
      if (route !== undefined && methods.includes(request.method)) {
        await dispatch(route, request, response)
        return
      }
      response.setHeader('allow', methods.join(', '))
      throw new Refusal('method-not-allowed', `only ${methods.join(', ')}`)
    })
  }
}

function methodsOf(routes: readonly Route[]): string[] {
  return routes.flatMap(({ method, head }) =>
    method === 'GET' && head !== false ? ['GET', 'HEAD'] : [method],
  )
}

/**
 * A verifier that stands elsewhere, on another site or a reader's disk, opens links of ours; what it may read is what
 * anybody who knows the address may. No credentials: a browser adds nothing of its own.
 */
function letOthersRead(response: Response, methods: readonly string[]): void {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-methods', methods.join(', '))
  response.setHeader('access-control-allow-headers', 'authorization')
  response.setHeader('access-control-max-age', '7200')
  response.setHeader('cross-origin-resource-policy', 'cross-origin')
}

/** Unless a route says otherwise, nothing may run, load, frame or be guessed to be another type. */
function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
        sandbox: [],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
}

/** Every answer in log and metrics, by the pattern of its route: a path as it was sent may hold anything. */
function watchRequests(log: Log, metrics: Metrics, matched: Matched): RequestHandler {
  return (request, response, next) => {
    const id = randomUUID()
    const started = performance.now()
    const { method } = request
    response.setHeader('x-request-id', id)
    response.on('close', () => {
      const ms = Math.round(performance.now() - started)
      const route = matched.get(request)?.path ?? 'none'
      const status = response.statusCode
      log.info('request', { id, method, route, status, ms })
      metrics.request(route, method, status, ms / 1000)
    })
    next()
  }
}

/** Who follows a link to an address that is none, or no page's, is told by a page. */
function answerReader(pages: Pages, matched: Matched): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    const { status } = problemOf(error)
    const isNowhere = (status === 400 || status === 404) && isForReader(request, matched)
    if (isNowhere && !response.headersSent) await sendNowhere(pages, request, response)
    else next(error)
  }
}

/** Whether a person asks for an address where a page stands, or nothing. */
function isForReader(request: Request, matched: Matched): boolean {
  return (matched.get(request)?.isPage ?? true) && isReader(request)
}

function answerProblem(log: Log, matched: Matched): ErrorRequestHandler {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- Express knows it by its four parameters
  return (error: unknown, request, response, _next) => {
    const problem = problemOf(error)
    if (problem.status >= 500) {
      const id = String(response.getHeader('x-request-id'))
      log.error('problem', { id, ...fieldsOfError(error), code: problem.code })
    }
    if (response.headersSent) {
      // Half an answer is out: it is cut off, so that nobody takes it for whole.
      response.destroy()
      return
    }
    for (const name of ['content-disposition', 'etag']) response.removeHeader(name)
    if (problem.code === 'not-authenticated') response.setHeader('www-authenticate', 'Bearer')
    const retryAfter = error instanceof Refusal ? error.retryAfter : undefined
    if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter))
    // What is left of a body that was refused is not waited for.
    if (!request.complete) response.setHeader('connection', 'close')
    if (isTrouble(problem.status) && isForReader(request, matched)) {
      const isFramed = matched.get(request)?.isFramed ?? false
      sendTrouble(request, response, { status: problem.status, retryAfter, isFramed })
      return
    }
    response.status(problem.status).type('application/problem+json')
    response.send(JSON.stringify(problem))
  }
}
