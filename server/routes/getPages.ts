import { FormatError, parseCid } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { bytes } from '../http/reply.ts'
import type { Headers } from '../http/reply.ts'
import type { Pages } from '../pages.ts'
import { z } from 'zod'
import { cidText } from './names.ts'
import { ANY_QUERY, NONE, route } from './route.ts'
import type { Route } from './route.ts'

/** Whom a page may ask: its own site, and the policy's hosts; `anyone` where its reader may choose another policy. */
type Asks = 'policy' | 'anyone'

/** `GET /`: what this is, and the way to the other pages. */
export const getHomePage = page('getHomePage', '/', 'home.html', 'policy', NONE)
/** `GET /c/<cid>`: a learner's certificate; what opens it stands behind `#`, and never comes here. */
export const getCertificatePage = page(
  'getCertificatePage',
  '/c/:cid',
  'certificate.html',
  'policy',
  z.strictObject({ cid: cidText.refine(isCid) }),
)
/** `GET /verify`: verifies what is dropped or pasted, in the browser. */
export const getVerifyPage = page('getVerifyPage', '/verify', 'verify.html', 'anyone', NONE)
/** `GET /console`: where an issuer works; the places within are the page's own. */
export const getConsolePage = page('getConsolePage', '/console', 'console.html', 'policy', NONE)

/** What stands under every other address; its caller answers 404. */
export async function nowherePage(pages: Pages, accepts: string | undefined): Promise<Sent> {
  const found = await pages.file('nowhere.html', accepts)
  const policy = { 'content-security-policy': pagePolicy(pages, 'policy') }
  const vary = 'accept, accept-encoding'
  const headers = { ...encodingOf(found), vary, 'cache-control': 'no-cache', ...policy }
  return { headers, bytes: Buffer.from(found.bytes) }
}
type Sent = { readonly headers: Headers; readonly bytes: Buffer }

function page(name: string, path: string, file: string, asks: Asks, params: z.ZodType): Route {
  return route({
    method: 'GET',
    path,
    name,
    summary: `A page: ${file}`,
    access: 'public',
    rate: 'default',
    page: true,
    params,
    query: ANY_QUERY,
    body: noBody(),
    responses: { 200: { description: 'The page.', types: ['text/html'] } },
    problems: ['unavailable'],
    handle: async ({ headers }, { pages }) => {
      const found = await pages.file(file, headers['accept-encoding']?.toString())
      return bytes('text/html; charset=utf-8', found.bytes, {
        ...encodingOf(found),
        etag: found.etag,
        'cache-control': 'no-cache',
        'content-security-policy': pagePolicy(pages, asks),
      })
    },
  })
}

function isCid(text: string): boolean {
  try {
    parseCid(text, 'cid')
    return true
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}

/** Our own scripts, styles and fonts; nothing inline, nothing from elsewhere. */
export function pagePolicy({ contacts }: Pages, asks: Asks, frames = "'none'"): string {
  const others =
    asks === 'policy' ? contacts : ['https:', 'http://127.0.0.1:*', 'http://localhost:*']
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    // What a document carries, and what the page itself draws.
    "img-src 'self' data: blob:",
    "worker-src 'self'",
    "manifest-src 'self'",
    `connect-src ${["'self'", ...others].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frames}`,
    "object-src 'none'",
  ].join('; ')
}

export function encodingOf({ encoding }: { readonly encoding: string | undefined }) {
  return {
    vary: 'accept-encoding',
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  }
}
