/** The console's session as the API shows it. */

import { z } from 'zod'
import { MAX_LABEL } from '../keys/api-keys.ts'
import { IDLE_MS } from '../keys/sessions.ts'
import type { Session } from '../keys/sessions.ts'
import type { RouteContext } from './context.ts'
import { keyId, scopes } from './key.ts'
import { moment, printMoment } from './moment.ts'

export const sessionSchema = z
  .strictObject({
    issuer: z.strictObject({
      account: z.string().meta({ description: 'CAIP-10' }),
      name: z.string().nullable().meta({ description: 'As the policy of this server has it' }),
    }),
    key: z.strictObject({ id: keyId, label: z.string().max(MAX_LABEL), scopes }),
    expiresAt: moment.meta({ description: 'At the latest' }),
    idleSeconds: z.int().meta({ description: 'It ends sooner where so long nothing is asked' }),
  })
  .meta({ id: 'Session', title: 'A session of the console' })

/** Throws `IssuingError` `no-such-issuer`. */
export function printSession(
  { key, caller, expiresAt }: Session,
  { as, nameOf }: Pick<RouteContext, 'as' | 'nameOf'>,
): z.output<typeof sessionSchema> {
  const { account } = as(caller.issuer, caller.keyId)
  return {
    issuer: { account, name: nameOf(account) ?? null },
    key: { id: key.id, label: key.label, scopes: [...key.scopes] },
    expiresAt: printMoment(expiresAt),
    idleSeconds: IDLE_MS / 1000,
  }
}
