import { z } from 'zod'
import { utf8 } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { bytes } from '../http/reply.ts'
import { pagePolicy } from './getPages.ts'
import { ANY_QUERY, route } from './route.ts'
import type { Route } from './route.ts'
import { shareId, UNLISTED } from './share.ts'

const HTML = 'text/html; charset=utf-8'
const params = z.strictObject({ shareId })
/** Whatever is shown ends at once when its holder says so: nobody keeps a copy for us. */
const FRESH = { 'cache-control': 'no-store', ...UNLISTED }

/** `GET /s/<id>`: the page of a share, with what previews on other sites say of it. */
export const getSharePage = page('getSharePage', '/s/:shareId', "'none'")

/** `GET /s/<id>/embed`: the same in small, for other sites to frame; the only page that may be. */
export const getShareEmbed = page('getShareEmbed', '/s/:shareId/embed', '*')

function page(name: string, path: string, frames: "'none'" | '*'): Route {
  const description = 'The page; it says why where it shows nothing.'
  const described = { description, types: ['text/html'] }
  const isFramed = frames === '*'
  return route({
    method: 'GET',
    path,
    name,
    summary: isFramed ? 'A share, to be framed by other sites' : 'A page: a share',
    access: 'public',
    rate: 'default',
    page: true,
    ...(isFramed ? { framed: true } : {}),
    params,
    query: ANY_QUERY,
    body: noBody(),
    responses: { 200: described, 404: described, 410: described },
    problems: ['unavailable'],
    handle: async ({ params }, { previews, pages }) => {
      const { status, html } = await previews.page(params.shareId)
      const headers = {
        ...FRESH,
        'content-security-policy': pagePolicy(pages, 'policy', frames),
        ...(isFramed ? { 'cross-origin-resource-policy': 'cross-origin' } : {}),
      }
      return { ...bytes(HTML, utf8(html), headers), status }
    },
  })
}

/** `GET /s/<id>/picture.png`: what other sites show of a share; gone with it. */
export const getSharePicture = route({
  method: 'GET',
  path: '/s/:shareId/picture.png',
  name: 'getSharePicture',
  summary: 'The picture of a share, 1200×630',
  access: 'public',
  rate: 'default',
  params,
  query: ANY_QUERY,
  body: noBody(),
  responses: { 200: { description: 'A PNG.', types: ['image/png'] } },
  problems: ['not-found', 'gone', 'busy'],
  handle: async ({ params }, { previews }) =>
    bytes('image/png', await previews.picture(params.shareId), {
      ...FRESH,
      'cross-origin-resource-policy': 'cross-origin',
    }),
})
