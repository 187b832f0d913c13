/** An API key as the API shows it. */

import { z } from 'zod'
import { SCOPES } from '../http/scopes.ts'
import { MAX_LABEL } from '../keys/api-keys.ts'
import type { ApiKey } from '../storage/api-keys.ts'
import { moment, printMoment } from './moment.ts'

export const keyId = z.string().regex(/^[0-9a-f]{16}$/)
export const scopes = z.array(z.enum(SCOPES)).min(1).max(SCOPES.length)

export const keySchema = z
  .strictObject({
    id: keyId,
    label: z.string().max(MAX_LABEL),
    scopes,
    createdAt: moment,
    expiresAt: moment,
    revokedAt: moment.nullable(),
    lastUsedAt: moment.nullable(),
  })
  .meta({ id: 'Key', title: 'An API key' })

export function printKey(key: ApiKey): z.output<typeof keySchema> {
  const { id, label, createdAt, expiresAt, revokedAt, lastUsedAt } = key
  return {
    id,
    label,
    scopes: [...key.scopes],
    createdAt: printMoment(createdAt),
    expiresAt: printMoment(expiresAt),
    revokedAt: revokedAt === undefined ? null : printMoment(revokedAt),
    lastUsedAt: lastUsedAt === undefined ? null : printMoment(lastUsedAt),
  }
}
