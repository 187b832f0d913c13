/** What the three endpoints that change one certificate's status have in common. */

import { z } from 'zod'
import { invariant, parseCid } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { ACCEPTED, accepted, reason } from './operation.ts'
import { NONE, route } from './route.ts'
import type { Route } from './route.ts'
import { cidParams } from './names.ts'

export const reasonBody = z.strictObject({ reason: reason.optional() })

/**
 * Answers 202 once the change is kept: a chain takes seconds, or minutes where fees rise, and a request that waited for
 * it would be lost with its connection.
 */
export function changeRoute(
  kind: 'revoke' | 'suspend' | 'reinstate',
  name: string,
  summary: string,
): Route {
  return route({
    method: 'POST',
    path: `/api/v1/certificates/:cid/${kind}`,
    name,
    summary,
    access: 'certificates:status',
    rate: 'issue',
    idempotent: true,
    params: cidParams,
    query: NONE,
    body: jsonBody(reasonBody),
    responses: ACCEPTED,
    problems: ['not-found', 'conflict', 'locked'],
    handle: async ({ caller, params, body, idempotencyKey }, { as }) => {
      invariant(caller !== undefined && idempotencyKey !== undefined, 'the frame asks for both')
      const { text: cid } = parseCid(params.cid, 'path/cid')
      const target = { cid }
      const by = { by: caller.keyId, idempotencyKey, reason: body.reason }
      return accepted(
        await as(caller.issuer, caller.keyId).certificates.change({ kind, target, ...by }),
      )
    },
  })
}
