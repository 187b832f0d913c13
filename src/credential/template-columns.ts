/** The schemas of a template's columns and results. */

import * as z from 'zod'
import {
  ASPECTS,
  COLUMN_TYPES,
  CREDENTIAL_DATES,
  DATE_FORMATS,
  GRADES,
  SCORES,
  SUBJECT_DATES,
  SUBJECT_TEXTS,
} from './columns.ts'
import { line, name, skill } from './template-atoms.ts'

/** Cells are brought to NFC before they are compared with anything of the template. */
const inNfc = (text: z.ZodString): z.ZodString =>
  text.refine((value) => value.normalize('NFC') === value, { error: 'text in NFC' })

const resultShared = {
  key: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  name,
  aspect: z.enum(ASPECTS).optional(),
  skill: skill.optional(),
}
const score = z.strictObject({
  ...resultShared,
  type: z.enum(SCORES),
  min: z.number().optional(),
  max: z.number().optional(),
  required: z.number().optional(),
})
const grade = z.strictObject({
  ...resultShared,
  type: z.enum(GRADES),
  allowed: z.array(inNfc(name)).min(1).max(50).optional(),
  required: name.optional(),
})

const columnShared = {
  column: inNfc(line(200)),
  required: z.boolean().default(false),
  type: z.enum(COLUMN_TYPES).optional(),
}
export const column = z.discriminatedUnion('claim', [
  z.strictObject({ ...columnShared, claim: z.enum(SUBJECT_TEXTS) }),
  z.strictObject({
    ...columnShared,
    claim: z.enum([...SUBJECT_DATES, ...CREDENTIAL_DATES]),
    format: z.enum(DATE_FORMATS).default('yyyy-mm-dd'),
  }),
  z.strictObject({ ...columnShared, claim: z.literal('creditsEarned') }),
  z.strictObject({
    ...columnShared,
    claim: z.literal('identifier'),
    identityType: z
      .string()
      .regex(
        /^(systemId|sourcedId|sisSourcedId|userName|accountId|nationalIdentityNumber|identifier|ext:[a-zA-Z0-9._-]{1,60})$/,
      )
      .default('systemId'),
  }),
  z.strictObject({ ...columnShared, claim: z.literal('result'), result: z.string() }),
])

export const result = z.discriminatedUnion('type', [score, grade])
