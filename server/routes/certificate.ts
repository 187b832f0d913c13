/** A certificate as the API shows it to its issuer. */

import { z } from 'zod'
import { CERTIFICATE_STATES } from '../issuance/certificates.ts'
import type { CertificateView } from '../issuance/certificates.ts'
import { moment, printMoment } from './moment.ts'
import { operationSchema, printOperation, reason } from './operation.ts'
import { cidText, objectId } from './names.ts'

const dated = z.strictObject({ reason, at: moment }).nullable()

export const certificateSchema = z
  .strictObject({
    cid: cidText,
    batchId: objectId,
    index: z.int().min(0),
    row: z.int().min(0),
    sealing: z.int().min(0),
    learner: z
      .strictObject({
        name: z.string().optional(),
        email: z.string().optional(),
        externalId: z.string().optional(),
      })
      .nullable(),
    status: z.strictObject({
      state: z.enum(CERTIFICATE_STATES).meta({ description: 'What the chain says now' }),
      reported: dated.meta({
        description: 'Reason and time of the change, as this service made it',
      }),
    }),
    erased: dated,
    replacedBy: cidText.nullable(),
    queued: z.array(operationSchema),
  })
  .meta({ id: 'Certificate', title: 'A certificate, for its issuer' })

export function printCertificateView(view: CertificateView): z.output<typeof certificateSchema> {
  const { cid, batchId, index, row, sealing, learner, status, erased, replacedBy, queued } = view
  return {
    cid,
    batchId,
    index,
    row,
    sealing,
    learner: learner ?? null,
    status: { state: status.state, reported: printDated(status.reported) },
    erased: printDated(erased),
    replacedBy: replacedBy ?? null,
    queued: queued.map(printOperation),
  }
}

function printDated(change: CertificateView['erased']): z.output<typeof dated> {
  return change === undefined ? null : { reason: change.reason, at: printMoment(change.at) }
}
