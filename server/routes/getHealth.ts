import type { RequestHandler } from 'express'

/** `GET /health`: the process answers. */
export function getHealth(): RequestHandler {
  return (_request, response) => {
    response.setHeader('cache-control', 'no-store')
    response.json({ status: 'ok' })
  }
}
