/** What stands where there is nothing: a page for who follows a link, for programs the problem that it is. */

import type { Request, Response } from 'express'
import type { Pages } from './pages.ts'
import { nowherePage } from './routes/getPages.ts'

/** Whether a person asks, by a browser: interfaces answer programs, whoever asks. */
export function isReader(request: Request): boolean {
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    !request.path.startsWith('/api/') &&
    request.accepts(['application/problem+json', 'application/json', 'text/html']) === 'text/html'
  )
}

/** Answers 404 with the page that says so. Throws `Refusal` `unavailable` where there is no build. */
export async function sendNowhere(
  pages: Pages,
  request: Request,
  response: Response,
): Promise<void> {
  const accepts = request.headers['accept-encoding']?.toString()
  const { headers, bytes } = await nowherePage(pages, accepts)
  response.status(404).set(headers).type('html').send(bytes)
}
