import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { formatOf, rowsBody, templateQuery } from './upload.ts'

/** As many rows as a page shows. */
const ROWS_SHOWN = 20

/** `POST /api/v1/batches/previews`: columns and first rows of a file, and a mapping to the template's columns. */
export const postPreviews = route({
  method: 'POST',
  path: '/api/v1/batches/previews',
  name: 'postPreviews',
  summary: 'Columns of a file, with a mapping to propose',
  access: 'batches:write',
  rate: 'issue',
  params: NONE,
  query: z.strictObject(templateQuery),
  body: rowsBody,
  responses: {
    200: {
      description: 'What stands in the file, as it stands there.',
      schema: z.strictObject({
        format: z.enum(['csv', 'xlsx', 'json']),
        columns: z.array(z.string()),
        wanted: z.array(z.string()),
        mapping: z.record(z.string(), z.string()),
        missing: z.array(z.string()),
        rows: z.array(z.strictObject({ row: z.int(), cells: z.array(z.string().nullable()) })),
      }),
    },
  },
  problems: ['not-found', 'conflict', 'unprocessable', 'busy', 'locked'],
  handle: async ({ caller, query, headers, body }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { batches } = context.as(caller.issuer, caller.keyId)
    const template = { id: query.template }
    const upload = { rows: body, format: formatOf(headers), template }
    const { suggestions, ...preview } = await batches.preview(upload, ROWS_SHOWN)
    return json({ ...preview, mapping: Object.fromEntries(suggestions) })
  },
})
