import { invariant } from '../../src/index.ts'
import { streamBody } from '../http/body.ts'
import { piecesOf } from '../http/reply.ts'
import { ROW_LIMITS } from '../rows/limits.ts'
import { NONE, route } from './route.ts'
import { XLSX } from './upload.ts'

const CSV = 'text/csv'

/**
 * `POST /api/v1/batches/tables`: the rows of a workbook as CSV, for whoever corrects them before they are sent in. Nothing
 * is kept.
 */
export const postTables = route({
  method: 'POST',
  path: '/api/v1/batches/tables',
  name: 'postTables',
  summary: 'The rows of an XLSX as CSV',
  access: 'batches:write',
  rate: 'issue',
  params: NONE,
  query: NONE,
  body: streamBody([XLSX], ROW_LIMITS.fileBytes),
  responses: {
    200: {
      description: 'CSV that is read as the workbook is: record n is row n of its first sheet.',
      types: [CSV],
    },
  },
  problems: ['unprocessable', 'busy', 'locked'],
  handle: async ({ caller, body }, context) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { batches } = context.as(caller.issuer, caller.keyId)
    return piecesOf(`${CSV}; charset=utf-8`, await batches.csvOf(body))
  },
})
