import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { operationSchema, printOperation } from './operation.ts'
import { NONE, route } from './route.ts'
import { objectId } from './names.ts'

/** `GET /api/v1/operations/<id>`: how far a change is. */
export const getOperation = route({
  method: 'GET',
  path: '/api/v1/operations/:operationId',
  name: 'getOperation',
  summary: 'How far a change is',
  access: 'certificates:read',
  rate: 'default',
  params: z.strictObject({ operationId: objectId }),
  query: NONE,
  body: noBody(),
  responses: { 200: { description: 'Ids and codes.', schema: operationSchema } },
  problems: ['not-found', 'locked'],
  handle: async ({ caller, params }, { as }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const operation = await as(caller.issuer, caller.keyId).certificates.operation(
      params.operationId,
    )
    return json(printOperation(operation))
  },
})
