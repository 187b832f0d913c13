import { z } from 'zod'
import { noBody } from '../http/body.ts'
import { bytes } from '../http/reply.ts'
import type { Reply } from '../http/reply.ts'
import type { Pages } from '../pages.ts'
import { encodingOf } from './getPages.ts'
import { NONE, route } from './route.ts'

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  wasm: 'application/wasm',
  json: 'application/json; charset=utf-8',
}

const file = z.string().regex(/^[A-Za-z0-9_.-]{1,200}$/)
/** A worker's script brings its own policy, and a sandbox would keep it from running: it asks nobody for anything. */
const PART_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; frame-ancestors 'none'"
/** Its name is a hash of what it is. */
const FOR_EVER = 'public, max-age=31536000, immutable'

/** `GET /assets/<file>`: a part of a page, under a name that no other content ever has. */
export const getAsset = route({
  ...described('getAsset', '/assets/:file'),
  params: z.strictObject({ file }),
  query: NONE,
  body: noBody(),
  handle: ({ params, headers }, { pages }) =>
    replyOf(pages, `assets/${params.file}`, headers['accept-encoding'], FOR_EVER),
})

/** `GET /mark.svg`: the icon of every page. */
export const getMark = route({
  ...described('getMark', '/mark.svg'),
  params: NONE,
  query: NONE,
  body: noBody(),
  handle: ({ headers }, { pages }) =>
    replyOf(pages, 'mark.svg', headers['accept-encoding'], 'public, max-age=86400'),
})

function described(name: string, path: string) {
  return {
    method: 'GET',
    path,
    name,
    summary: 'A part of a page',
    access: 'public',
    rate: 'unlimited',
    responses: { 200: { description: 'Its bytes.', types: [...Object.values(TYPES)] } },
    problems: ['not-found', 'unavailable'],
  } as const
}

async function replyOf(
  pages: Pages,
  name: string,
  accepts: string | readonly string[] | undefined,
  caching: string,
): Promise<Reply> {
  const found = await pages.file(name, accepts?.toString())
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  const headers = {
    ...encodingOf(found),
    etag: found.etag,
    'cache-control': caching,
    'content-security-policy': PART_POLICY,
  }
  return bytes(type, found.bytes, headers)
}
