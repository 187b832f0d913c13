import { z } from 'zod'
import { canonicalBytes, invariant, parseCid } from '../../src/index.ts'
import type { JsonObject } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { ACCEPTED, accepted, reason } from './operation.ts'
import { NONE, route } from './route.ts'
import { cidParams } from './names.ts'

const request = z.strictObject({
  /** The template's file. */
  template: z.looseObject({}).meta({ description: 'A template, `template/1`' }),
  row: z.record(z.string(), z.string()).meta({ description: 'Every column of the template' }),
  reason: reason.optional(),
  allowIncomplete: z.boolean().optional(),
})

const LIMIT = 1024 * 1024

/**
 * `POST /api/v1/certificates/<cid>/correct`: issues the corrected certificate and, once it stands, revokes this one. Its
 * row is read at once; the rest is done behind the caller. It issues, and so takes the scope `batches:write` too.
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
    if (!caller.scopes.includes('batches:write')) {
      throw new Refusal('not-allowed', 'the key does not have the scope batches:write')
    }
    const { text: cid } = parseCid(params.cid, 'path/cid')
    // The body was read as JSON: what the schema lets through is that.
    const operation = await as(caller.issuer, caller.keyId).certificates.correct({
      target: { cid },
      template: canonicalBytes(body.template as JsonObject),
      row: new Map(Object.entries(body.row)),
      reason: body.reason,
      allowIncomplete: body.allowIncomplete,
      by: caller.keyId,
      idempotencyKey,
    })
    return accepted(operation)
  },
})
