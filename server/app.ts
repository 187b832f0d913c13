/** The HTTP application: headers, log, routes, problems. */

import { randomUUID } from 'node:crypto'
import express from 'express'
import type { ErrorRequestHandler, Express, RequestHandler } from 'express'
import helmet from 'helmet'
import { pino } from 'pino'
import type { Logger } from 'pino'
import type { RouteContext } from './routes/context.ts'
import { getBlock } from './routes/getBlock.ts'
import { getHealth } from './routes/getHealth.ts'
import { getServerKey } from './routes/getServerKey.ts'
import { postVerifications } from './routes/postVerifications.ts'
import { problemOf, Refusal } from './routes/problems.ts'

/** One JSON line each; a request's headers, query and body are never among what is logged. */
export function loggerOf(log: (line: string) => void): Logger {
  const write = (text: string): void => {
    log(text.trimEnd())
  }
  return pino({ base: null }, { write })
}

export function appOf(context: RouteContext, logger: Logger): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', false)
  app.set('query parser', 'simple')
  app.use(securityHeaders())
  app.use(logRequests(logger))
  app.route('/health').get(getHealth()).all(refuseMethod('GET'))
  app.route('/ipfs/:cid').get(getBlock(context)).all(refuseMethod('GET, HEAD'))
  app.route('/k/:cid').get(getServerKey(context)).all(refuseMethod('GET'))
  app
    .route('/api/v1/verifications')
    .post(...postVerifications(context))
    .all(refuseMethod('POST'))
  app.use(() => {
    throw new Refusal('not-found', 'there is nothing here')
  })
  app.use(answerProblem(logger))
  return app
}

/** Nothing that we answer is a page yet: nothing may run, load, frame or be guessed to be another type. */
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

function refuseMethod(allowed: string): RequestHandler {
  return (_request, response) => {
    response.setHeader('allow', allowed)
    throw new Refusal('method-not-allowed', `only ${allowed}`)
  }
}

function logRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const id = randomUUID()
    const started = performance.now()
    const { method, path } = request
    response.setHeader('x-request-id', id)
    response.on('close', () => {
      const ms = Math.round(performance.now() - started)
      logger.info({ id, method, path, status: response.statusCode, ms }, 'request')
    })
    next()
  }
}

function answerProblem(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const problem = problemOf(error)
    if (problem.status >= 500) {
      // The stack of our own error, never what the caller sent: parsers keep bodies in their errors.
      const stack = error instanceof Error ? error.stack : undefined
      logger.error({ id: response.getHeader('x-request-id'), code: problem.code, stack }, 'problem')
    }
    if (response.headersSent) {
      next(error)
      return
    }
    response.status(problem.status).type('application/problem+json')
    response.send(JSON.stringify(problem))
  }
}
