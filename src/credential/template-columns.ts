/** Which column of the rows fills which claim, and what a result looks like: two parts of a template's schema. */

import { z } from 'zod'
import { line, name, skill } from './template-atoms.ts'

const SCORES = ['RawScore', 'ScaledScore', 'GradePointAverage', 'Percent'] as const
const GRADES = ['LetterGrade', 'PerformanceLevel', 'RubricCriterionLevel', 'Result'] as const
const resultShared = {
  /** Names the result inside this file; part of the identifier of its description. */
  key: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  name,
  aspect: z.enum(['knowledge', 'skill', 'behaviour']).optional(),
  skill: skill.optional(),
}
const score = z.strictObject({
  ...resultShared,
  type: z.enum(SCORES),
  min: z.number().optional(),
  max: z.number().optional(),
  /** A row below it is refused: nobody is certified who did not pass. */
  required: z.number().optional(),
})
const grade = z.strictObject({
  ...resultShared,
  type: z.enum(GRADES),
  /** From the lowest to the highest. */
  allowed: z.array(name).min(1).max(50).optional(),
  required: name.optional(),
})

export const SUBJECT_TEXTS = [
  'givenName',
  'familyName',
  'birthName',
  'birthPlace',
  'email',
  'licenseNumber',
  'role',
  'narrative',
  'term',
] as const
export const SUBJECT_DATES = ['birthDate', 'activityStartDate', 'activityEndDate'] as const
export const CREDENTIAL_DATES = ['validFrom', 'validUntil', 'awardedDate'] as const
export const COLUMN_TYPES = ['text', 'date', 'number', 'percent'] as const
export const DATE_FORMATS = ['yyyy-mm-dd', 'dd/mm/yyyy', 'mm/dd/yyyy', 'dd.mm.yyyy'] as const

const columnShared = {
  /** The column's name in the header line, in NFC. */
  column: line(200).refine((value) => value.normalize('NFC') === value, { error: 'text in NFC' }),
  /** A row with an empty cell here is refused. */
  required: z.boolean().default(false),
  /** States what the claim expects anyway, for whoever fills the table. */
  type: z.enum(COLUMN_TYPES).optional(),
}
export const column = z.discriminatedUnion('claim', [
  z.strictObject({ ...columnShared, claim: z.enum(SUBJECT_TEXTS) }),
  z.strictObject({
    ...columnShared,
    claim: z.enum([...SUBJECT_DATES, ...CREDENTIAL_DATES]),
    /** Beside `yyyy-mm-dd`, which is always understood. */
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

export type Score = z.output<typeof score>
export type Grade = z.output<typeof grade>
export type Column = z.output<typeof column>
export type ResultOfTemplate = z.output<typeof result>
export type ColumnType = (typeof COLUMN_TYPES)[number]
export type DateFormat = (typeof DATE_FORMATS)[number]

/** Whether a result is a number; otherwise it is a word. */
export function isScore(result: ResultOfTemplate): result is Score {
  return SCORES.some((type) => type === result.type)
}

/** What a column's cells hold: its claim decides, for a result the type of the result. */
export function columnTypeOf(
  column: Column,
  results: ReadonlyMap<string, ResultOfTemplate>,
): ColumnType {
  if ('format' in column) return 'date'
  if (column.claim === 'creditsEarned') return 'number'
  if (column.claim !== 'result') return 'text'
  const described = results.get(column.result)
  if (described === undefined || !isScore(described)) return 'text'
  return described.type === 'Percent' ? 'percent' : 'number'
}
