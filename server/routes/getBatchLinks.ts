import { z } from 'zod'
import { linksCsv } from '../../node/links-csv.ts'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { piecesOf } from '../http/reply.ts'
import { route } from './route.ts'
import { batchParams } from './names.ts'

const CSV = 'text/csv'

/**
 * `GET /api/v1/batches/<id>/links`: the holder links of a batch with their learners, as a file. They leave once; whoever
 * means it asks with `again=true`, and the audit log has both. Noted before the first byte goes out, so that an answer
 * that broke off counts.
 */
export const getBatchLinks = route({
  method: 'GET',
  head: false,
  path: '/api/v1/batches/:batchId/links',
  name: 'getBatchLinks',
  summary: 'The holder links of a batch, once',
  access: 'links:read',
  rate: 'issue',
  params: batchParams,
  query: z.strictObject({
    again: z
      .enum(['true', 'false'])
      .default('false')
      .meta({ description: 'Although they left before' }),
  }),
  body: noBody(),
  responses: {
    200: {
      description: 'CSV: row, name, email, externalId, index, cid, link. Safe in a spreadsheet.',
      types: [CSV],
    },
  },
  problems: ['not-found', 'conflict', 'exported', 'locked'],
  handle: async ({ caller, params, query }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { batchId } = params
    const own = as(caller.issuer, caller.keyId)
    const { linkPages: pages } = await own.issuedBatch(batchId)
    await own.exportLinks(batchId, query.again === 'true')
    const headers = { 'content-disposition': `attachment; filename="links-${batchId}.csv"` }
    return piecesOf(`${CSV}; charset=utf-8`, linksCsv(pages), headers)
  },
})
