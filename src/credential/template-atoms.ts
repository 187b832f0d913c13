/** The texts that a template is made of. */

import * as z from 'zod'
import { ESCO_SKILL } from './identifiers.ts'

/**
 * Control characters, and the marks that turn the direction of the text around them, so that it reads as another text
 * (U+202A…202E, U+2066…2069); line breaks and tabs are no such characters.
 */
export const UNPRINTABLE =
  // eslint-disable-next-line no-control-regex -- naming them is the point
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/u

export const text = (max: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((value) => value.trim() === value && !UNPRINTABLE.test(value), {
      error: 'text without control characters, and without white space around it',
    })
export const line = (max: number): z.ZodString =>
  text(max).refine((value) => !/[\n\r\t]/.test(value), { error: 'text on one line' })
export const name = line(300)
export const prose = text(10_000)
export const url = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s"<>\\^`{|}]+$/)
/** The most letters of a picture that a template carries, as a data URL: it stands in each of its credentials. */
export const MAX_PICTURE = 65_536
/** A picture by its address, or carried: only what is carried is drawn, since pages ask no other site for anything. */
export const picture = z.union([
  url,
  z
    .string()
    .max(MAX_PICTURE)
    .regex(/^data:image\/(png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}$/),
])
export const uri = z
  .string()
  .max(2000)
  .regex(/^[a-z][a-z0-9+.-]*:[^\s"<>\\^`{|}]+$/)
/** A calendar day, `YYYY-MM-DD`. */
export const day = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)

export const skill = z.strictObject({
  name,
  esco: z.string().regex(ESCO_SKILL),
  code: line(100).optional(),
  description: prose.optional(),
})
