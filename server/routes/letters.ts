/** What became of a batch's letters, as the API shows it. */

import { z } from 'zod'
import { LANGUAGES } from '../../src/index.ts'
import type { MailReport } from '../issuance/types.ts'
import { MAIL_PURPOSES, MAIL_STATES } from '../storage/outbox.ts'

/** Of what is to be sent. */
export const mailRequest = z.strictObject({
  language: z
    .enum(LANGUAGES)
    .optional()
    .meta({ description: 'By default that of the configuration' }),
})

export const letterCounts = z
  .strictObject({
    queued: z.int().min(0),
    accepted: z.int().min(0).meta({ description: 'Taken by a mail server' }),
    refused: z.int().min(0).meta({ description: 'The recipient’s server said no' }),
    failed: z.int().min(0).meta({ description: 'Nobody said yes for as long as we try' }),
  })
  .meta({ id: 'LetterCounts', title: 'Letters by state' })

export const letterSchema = z.strictObject({
  index: z.int().min(0),
  cid: z.string(),
  purpose: z.enum(MAIL_PURPOSES),
  state: z.enum(MAIL_STATES),
  attempts: z.int().min(0),
  code: z.int().nullable().meta({ description: 'The last answer of a mail server' }),
})

export function countLetters({ letters }: MailReport): z.output<typeof letterCounts> {
  const counts = { queued: 0, accepted: 0, refused: 0, failed: 0 }
  for (const { state } of letters) counts[state] += 1
  return counts
}
