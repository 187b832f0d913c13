/** What the columns of the rows can fill, and what a result looks like: two parts of a template. */

export const SCORES = ['RawScore', 'ScaledScore', 'GradePointAverage', 'Percent'] as const
export const GRADES = ['LetterGrade', 'PerformanceLevel', 'RubricCriterionLevel', 'Result'] as const
export const ASPECTS = ['knowledge', 'skill', 'behaviour'] as const

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

export type ColumnType = (typeof COLUMN_TYPES)[number]
export type DateFormat = (typeof DATE_FORMATS)[number]

export interface Skill {
  readonly name: string
  readonly esco: string
  readonly code?: string | undefined
  readonly description?: string | undefined
}

interface ResultShared {
  /** Names the result inside this file; part of the identifier of its description. */
  readonly key: string
  readonly name: string
  readonly aspect?: (typeof ASPECTS)[number] | undefined
  readonly skill?: Skill | undefined
}

export interface Score extends ResultShared {
  readonly type: (typeof SCORES)[number]
  readonly min?: number | undefined
  readonly max?: number | undefined
  /** A row below it is refused: nobody is certified who did not pass. */
  readonly required?: number | undefined
}

export interface Grade extends ResultShared {
  readonly type: (typeof GRADES)[number]
  /** From the lowest to the highest. */
  readonly allowed?: readonly string[] | undefined
  readonly required?: string | undefined
}

export type ResultOfTemplate = Score | Grade

interface ColumnShared {
  /** The column's name in the header line, in NFC. */
  readonly column: string
  /** A row with an empty cell here is refused. */
  readonly required: boolean
  /** States what the claim expects anyway, for whoever fills the table. */
  readonly type?: ColumnType | undefined
}

interface DateColumn extends ColumnShared {
  readonly claim: (typeof SUBJECT_DATES)[number] | (typeof CREDENTIAL_DATES)[number]
  /** Beside `yyyy-mm-dd`, which is always understood. */
  readonly format: DateFormat
}

export type Column =
  | (ColumnShared & { readonly claim: (typeof SUBJECT_TEXTS)[number] | 'creditsEarned' })
  | DateColumn
  | (ColumnShared & { readonly claim: 'identifier'; readonly identityType: string })
  | (ColumnShared & { readonly claim: 'result'; readonly result: string })

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
