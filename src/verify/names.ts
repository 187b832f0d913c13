import * as z from 'zod'

/**
 * Controls, line breaks, marks that turn or join what stands around them, and what has no width: a name that holds one
 * does not read as it is written. (Joiners between letters, U+200C and U+200D, belong to how some languages are spelled.)
 */
const DECEIVING = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u

/** What may stand in a headline as somebody's name (SPEC section 7): it shows, and reads as it is written. */
export const headlineName = z
  .string()
  .min(1)
  .max(2_000)
  .refine((name) => name.trim() !== '' && !DECEIVING.test(name), 'is blank, or holds controls')
