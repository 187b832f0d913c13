import { noBody } from '../http/body.ts'
import { bytes } from '../http/reply.ts'
import { encodingOf } from './getPages.ts'
import { NONE, route } from './route.ts'

const FILE = 'verifier.html'

/** `GET /verifier.html`: the verifier as one file, to keep. It is handed over, never run here. */
export const getVerifierFile = route({
  method: 'GET',
  path: `/${FILE}`,
  name: 'getVerifierFile',
  summary: 'The verifier as one file, to keep',
  access: 'public',
  rate: 'default',
  params: NONE,
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'The file.', types: ['text/html'] } },
  problems: ['unavailable'],
  handle: async ({ headers }, { pages }) => {
    const found = await pages.file(FILE, headers['accept-encoding']?.toString())
    return bytes('text/html; charset=utf-8', found.bytes, {
      ...encodingOf(found),
      etag: found.etag,
      'cache-control': 'no-cache',
      'content-disposition': `attachment; filename="${FILE}"`,
    })
  },
})

/** `GET /verifier.html.sha256`: the hash of that file, as `sha256sum --check` reads it. */
export const getVerifierHash = route({
  method: 'GET',
  path: `/${FILE}.sha256`,
  name: 'getVerifierHash',
  summary: 'The SHA-256 of the verifier that is one file',
  access: 'public',
  rate: 'default',
  params: NONE,
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'Hash and name.', types: ['text/plain'] } },
  problems: ['unavailable'],
  handle: async (_, { pages }) => {
    const found = await pages.file(`${FILE}.sha256`, undefined)
    return bytes('text/plain; charset=utf-8', found.bytes, {
      etag: found.etag,
      'cache-control': 'no-cache',
    })
  },
})
