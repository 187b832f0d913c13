/** A certificate as the API shows it to its issuer. */

import { z } from 'zod'
import type { CertificateView } from '../issuance/certificates.ts'
import { CERTIFICATE_STATES } from '../issuance/states.ts'
import { MAIL_PURPOSES, MAIL_STATES } from '../storage/outbox.ts'
import { changeSchema, printChange } from './change.ts'
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
    history: z
      .array(changeSchema)
      .meta({ description: 'Changes that this service made, oldest first' }),
    letters: z
      .array(
        z.strictObject({
          purpose: z.enum(MAIL_PURPOSES),
          state: z.enum(MAIL_STATES),
          code: z.int().nullable().meta({ description: 'The last answer of a mail server' }),
          at: moment,
        }),
      )
      .meta({ description: 'In which its link was sent, oldest first' }),
    shares: z
      .strictObject({ made: z.int(), standing: z.int(), opened: z.int() })
      .meta({ description: 'How many its holder made, how many stand, how often all were opened' }),
  })
  .meta({ id: 'Certificate', title: 'A certificate, for its issuer' })

export function printCertificateView(view: CertificateView): z.output<typeof certificateSchema> {
  const { cid, batchId, index, row, sealing, learner, status, erased, replacedBy, queued } = view
  const { history, letters, shares } = view
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
    history: history.map(printChange),
    letters: letters.map(({ purpose, state, code = null, createdAt }) => {
      return { purpose, state, code, at: printMoment(createdAt) }
    }),
    shares,
  }
}

function printDated(change: CertificateView['erased']): z.output<typeof dated> {
  return change === undefined ? null : { reason: change.reason, at: printMoment(change.at) }
}
