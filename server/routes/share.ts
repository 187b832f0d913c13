/** A share as its holder sees it in a list. */

import { z } from 'zod'
import type { Share } from '../storage/shares.ts'
import { moment, printMoment } from './moment.ts'

/** 128 bits as base64url. */
export const shareId = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

/** No search engine lists what a holder shows to whom they like. */
export const UNLISTED = { 'x-robots-tag': 'noindex, nofollow, noarchive' }

export const shareSchema = z
  .strictObject({
    id: shareId,
    createdAt: moment,
    expiresAt: moment.nullable(),
    withdrawnAt: moment.nullable(),
    opened: z.int().min(0).meta({ description: 'How often; of who, nothing is kept' }),
  })
  .meta({ id: 'Share', title: 'A share' })

export function printShare(share: Share): z.output<typeof shareSchema> {
  const { id, createdAt, expiresAt, withdrawnAt, opened } = share
  return {
    id,
    createdAt: printMoment(createdAt),
    expiresAt: expiresAt === undefined ? null : printMoment(expiresAt),
    withdrawnAt: withdrawnAt === undefined ? null : printMoment(withdrawnAt),
    opened,
  }
}
