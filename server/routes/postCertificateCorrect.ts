import { z } from 'zod'
import { canonicalBytes, invariant, parseCid } from '../../src/index.ts'
import type { JsonObject } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import type { BatchService } from '../issuance/batches.ts'
import { ACCEPTED, accepted, reason } from './operation.ts'
import { NONE, route } from './route.ts'
import { cidParams, objectId } from './names.ts'

const request = z.strictObject({
  template: z
    .union([objectId, z.looseObject({})])
    .meta({ description: 'Id of a stored template, or a template, `template/1`' }),
  row: z.record(z.string(), z.string()).meta({ description: 'Every column of the template' }),
  reason: reason.optional(),
  allowIncomplete: z.boolean().optional(),
})

const LIMIT = 1024 * 1024
const ISSUES = ['batches:write'] as const
const ISSUES_ITS_OWN = [...ISSUES, 'templates:write'] as const

/**
 * `POST /api/v1/certificates/<cid>/correct`: issues the corrected certificate and, once it stands, revokes this one. Its
 * row is read at once; the rest is done behind the caller. It issues, and so takes the scope `batches:write` too,
 * and `templates:write` where it brings a template of its own, which says what is certified.
 */
export const postCertificateCorrect = route({
  method: 'POST',
  path: '/api/v1/certificates/:cid/correct',
  name: 'postCertificateCorrect',
  summary: 'Replace a certificate by a corrected one',
  access: 'certificates:status',
  rate: 'issue',
  idempotent: true,
  params: cidParams,
  query: NONE,
  body: jsonBody(request, LIMIT),
  responses: ACCEPTED,
  problems: ['not-found', 'conflict', 'gone', 'unprocessable', 'locked'],
  handle: async ({ caller, params, body, idempotencyKey }, { as }) => {
    invariant(caller !== undefined && idempotencyKey !== undefined, 'the frame asks for both')
    const isStored = typeof body.template === 'string'
    for (const scope of isStored ? ISSUES : ISSUES_ITS_OWN) {
      if (caller.scopes.includes(scope)) continue
      throw new Refusal('not-allowed', `the key does not have the scope ${scope}`)
    }
    const { text: cid } = parseCid(params.cid, 'path/cid')
    const own = as(caller.issuer, caller.keyId)
    const operation = await own.certificates.correct({
      target: { cid },
      template: await templateIn(body.template, own.batches.templates),
      row: new Map(Object.entries(body.row)),
      reason: body.reason,
      allowIncomplete: body.allowIncomplete,
      by: caller.keyId,
      idempotencyKey,
    })
    return accepted(operation)
  },
})

/** A stored template as it is kept; one that came with the request as the JSON that it was read as. */
async function templateIn(
  given: z.output<typeof request>['template'],
  templates: Pick<BatchService['templates'], 'get'>,
): Promise<Uint8Array> {
  if (typeof given !== 'string') return canonicalBytes(given as JsonObject)
  const { body, archivedAt } = await templates.get(given)
  if (archivedAt !== undefined) throw new Refusal('conflict', 'this template is archived')
  return body
}
