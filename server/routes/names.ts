/** How the API names things in paths, and numbers and pages in queries. */

import { z } from 'zod'

/** 128 bits or more as base64url: a batch, a template, an operation. */
export const objectId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/)
export const cidText = z.string().max(100)

export const batchParams = z.strictObject({ batchId: objectId })
export const cidParams = z.strictObject({ cid: cidText })

/** A whole number of a query. */
export function count(from: number, to: number, description: string): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((value) => value >= from && value <= to)
    .meta({ description: `${description}, ${from} to ${to}` })
}
