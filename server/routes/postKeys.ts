import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { jsonBody } from '../http/body.ts'
import { Refusal } from '../http/problems.ts'
import { json } from '../http/reply.ts'
import type { Scope } from '../http/scopes.ts'
import { DAY_MS, MAX_KEY_DAYS, MAX_LABEL } from '../keys/api-keys.ts'
import { keySchema, printKey, scopes } from './key.ts'
import { NONE, route } from './route.ts'

const request = z.strictObject({
  label: z.string().min(1).max(MAX_LABEL),
  scopes,
  days: z.int().min(1).max(MAX_KEY_DAYS).meta({ description: 'How long it counts' }),
})

/** Two keys out of one hand are one person: what either sends in, the other could approve. */
function makesSecondPerson(own: readonly Scope[], given: readonly Scope[]): boolean {
  const canApprove = own.includes('batches:approve')
  return given.includes('batches:approve') || (canApprove && given.includes('batches:write'))
}

/**
 * `POST /api/v1/keys`: another key of the same issuer, with scopes that the caller has itself, and no second
 * person's. Not idempotent: a reply that could be repeated would have to be kept, and with it the secret.
 */
export const postKeys = route({
  method: 'POST',
  path: '/api/v1/keys',
  name: 'postKeys',
  summary: 'Make an API key',
  access: 'keys',
  rate: 'issue',
  params: NONE,
  query: NONE,
  body: jsonBody(request),
  responses: {
    201: {
      description: 'The key; its secret is shown here and never again.',
      schema: z.strictObject({ key: keySchema, secret: z.string() }),
    },
  },
  handle: async ({ caller, body }, { apiKeys, now }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    if (!body.scopes.every((scope) => caller.scopes.includes(scope))) {
      throw new Refusal('not-allowed', 'a key gives only scopes that it has itself')
    }
    if (makesSecondPerson(caller.scopes, body.scopes)) {
      const message =
        'keys that approve, and of whoever approves keys that issue, are made at the terminal'
      throw new Refusal('not-allowed', message)
    }
    const made = await apiKeys.create({
      issuer: caller.issuer,
      label: body.label,
      scopes: [...new Set(body.scopes)],
      expiresAt: now() + body.days * DAY_MS,
      by: caller.keyId,
    })
    return json({ key: printKey(made.key), secret: made.text }, 201)
  },
})
