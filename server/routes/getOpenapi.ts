import { z } from 'zod'
import { noBody } from '../http/body.ts'
import { openApiOf } from '../http/openapi.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import type { Route } from './route.ts'

/** `GET /api/v1/openapi.json`: the description of the API, made of the table of its routes. */
export function getOpenapi(routes: () => readonly Route[]): Route {
  let document: unknown
  return route({
    method: 'GET',
    path: '/api/v1/openapi.json',
    name: 'getOpenapi',
    summary: 'This description',
    access: 'public',
    rate: 'default',
    params: NONE,
    query: NONE,
    body: noBody(),
    responses: { 200: { description: 'OpenAPI 3.1.', schema: z.looseObject({}) } },
    handle: () => {
      document ??= openApiOf(routes())
      return json(document, 200, { 'cache-control': 'public, max-age=300' })
    },
  })
}
