/** How the paths of the API name batches and certificates, and numbers of a query. */

import { z } from 'zod'

/** 128 bits as base64url. */
export const batchParams = z.strictObject({ batchId: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/) })
export const certificateParams = z.strictObject({ cid: z.string().max(100) })

/** A whole number of a query. */
export function count(from: number, to: number, description: string): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((value) => value >= from && value <= to)
    .meta({ description: `${description}, ${from} to ${to}` })
}
