import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { noBody } from '../http/body.ts'
import { bytes } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import type { Route } from './route.ts'

const ASSETS = join(import.meta.dirname, '..', 'assets')
/** Our own script and style and requests to ourselves; nothing inline, nothing from elsewhere. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** `GET /api/v1/docs`: a page to try the API. A key that is typed into it stays in the page. */
export const getDocs = asset('getDocs', '/api/v1/docs', 'docs.html', 'text/html')
export const getDocsScript = asset('getDocsScript', '/api/v1/docs.js', 'docs.js', 'text/javascript')
export const getDocsStyle = asset('getDocsStyle', '/api/v1/docs.css', 'docs.css', 'text/css')

function asset(name: string, path: string, file: string, type: string): Route {
  return route({
    method: 'GET',
    path,
    name,
    summary: `The page to try the API: ${file}`,
    access: 'public',
    rate: 'default',
    params: NONE,
    query: NONE,
    body: noBody(),
    responses: { 200: { description: 'A part of the page.', types: [type] } },
    handle: async () => {
      const text = await readFile(join(ASSETS, file))
      return bytes(`${type}; charset=utf-8`, text, {
        'cache-control': 'no-cache',
        'content-security-policy': POLICY,
      })
    },
  })
}
