/** A change of a certificate's status as the API shows it, to its issuer and to its holder. */

import { z } from 'zod'
import { reasonOf } from '../issuance/certificates.ts'
import type { StatusChange } from '../storage/store.ts'
import { moment, printMoment } from './moment.ts'
import { reason } from './operation.ts'

export const changeSchema = z
  .strictObject({
    action: z.enum(['revoke', 'suspend', 'reinstate', 'revoke-batch']),
    reason,
    at: moment.meta({ description: 'As this service made it; the block has its own time' }),
    transaction: z.string(),
  })
  .meta({ id: 'Change', title: 'A change of a certificate’s status, as its issuer reports it' })

export function printChange(change: StatusChange): z.output<typeof changeSchema> {
  const { action, reason: number, at, transaction } = change
  return { action, reason: reasonOf(number), at: printMoment(at), transaction }
}
