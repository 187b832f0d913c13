import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import { noBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { moment, printMoment } from './moment.ts'
import { NONE, route } from './route.ts'
import { count } from './names.ts'

const entrySchema = z
  .strictObject({
    id: z.int().min(0),
    at: moment,
    action: z.string(),
    subject: z.string().meta({ description: 'Id of a batch, a certificate, a key, a webhook' }),
    actor: z.string().meta({ description: 'Id of the API key that acted, cli or chain' }),
    digest: z.string().meta({ description: 'SHA-256 over this entry and all before it' }),
  })
  .meta({ id: 'AuditEntry', title: 'Who changed what' })

/**
 * `GET /api/v1/audit`: who changed what, of the caller's issuer alone. The digests chain the log of the whole server:
 * whoever keeps the last one elsewhere can have the owner of the folder show that nothing before it was changed since.
 */
export const getAudit = route({
  method: 'GET',
  path: '/api/v1/audit',
  name: 'getAudit',
  summary: 'Who changed what, and when',
  access: 'audit:read',
  rate: 'default',
  params: NONE,
  query: z.strictObject({
    after: count(0, 999_999_999_999_999, '`next` of the page before').optional(),
    limit: count(1, 1000, 'How many to show').default(100),
  }),
  body: noBody(),
  responses: {
    200: {
      description: 'Newest first.',
      schema: z.strictObject({
        entries: z.array(entrySchema),
        next: z.int().nullable().meta({ description: '`after` of the next page; null: the end' }),
      }),
    },
  },
  handle: async ({ caller, query }, { store }) => {
    invariant(caller !== undefined, 'a scope has a caller')
    const { after, limit } = query
    const found = await store.auditLog({ limit, after, issuer: caller.issuer })
    const entries = found.map(({ id, at, action, subject, actor, digest }) => ({
      id,
      at: printMoment(at),
      action,
      subject,
      actor,
      digest,
    }))
    return json({ entries, next: found.length < limit ? null : (found.at(-1)?.id ?? null) })
  },
})
