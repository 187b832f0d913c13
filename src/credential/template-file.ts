/**
 * The template file, `template/1`, as read: what a batch's credentials share, and which column of the rows fills which
 * claim. The types are written out, and the schema held to them by the compiler, so that the published declarations
 * need none of the validation library's.
 */

import type { Column, ResultOfTemplate, Skill } from './columns.ts'
import type {
  ASSESSMENT_TYPES,
  PARTICIPATION_FORMS,
  QUALITY_TYPES,
  SUPERVISIONS,
} from './vocabularies.ts'

export const ACHIEVEMENT_TYPES = [
  'MicroCredential',
  'Achievement',
  'Badge',
  'Certificate',
  'CertificateOfCompletion',
  'Certification',
  'Competency',
  'Course',
  'Diploma',
  'License',
] as const
export const STACKABILITIES = ['stand-alone', 'stackable'] as const

export interface Image {
  readonly url: string
  readonly caption?: string | undefined
}

export interface PostalAddress {
  readonly street?: string | undefined
  readonly postalCode?: string | undefined
  readonly locality?: string | undefined
  readonly region?: string | undefined
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly countryName?: string | undefined
}

interface Organisation {
  readonly name: string
  readonly url?: string | undefined
  readonly email?: string | undefined
  readonly description?: string | undefined
  readonly image?: Image | undefined
  readonly siret?: string | undefined
  readonly address?: PostalAddress | undefined
}

export interface IssuerOfTemplate extends Organisation {
  readonly nda?: string | undefined
  readonly uai?: string | undefined
}

/** Who owns the certification, where the issuer awards it on another's behalf. */
export interface Certifier extends Organisation {
  readonly id: string
}

export interface AchievementOfTemplate {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly criteria: { readonly url?: string | undefined; readonly narrative?: string | undefined }
  readonly type: (typeof ACHIEVEMENT_TYPES)[number]
  readonly image?: Image | undefined
  readonly version?: string | undefined
  readonly code?: string | undefined
  readonly fieldOfStudy?: string | undefined
  readonly specialization?: string | undefined
  readonly tags?: readonly string[] | undefined
}

export interface LearningOutcome {
  readonly name: string
  readonly description?: string | undefined
}

/** The certification's entries in the national directories. */
export interface FranceCompetences {
  readonly rncp?: string | undefined
  readonly rs?: string | undefined
  readonly blocks?: readonly { readonly code: string; readonly name: string }[] | undefined
}

export interface Alignment {
  readonly name: string
  readonly url: string
  /** One of Open Badges' own words or `ext:<word>`. */
  readonly type: string
  readonly framework?: string | undefined
  readonly code?: string | undefined
  readonly description?: string | undefined
}

export interface Assessment {
  readonly types: readonly (keyof typeof ASSESSMENT_TYPES)[]
  readonly protocol?: string | undefined
  readonly supervision?: keyof typeof SUPERVISIONS | undefined
}

export interface QualityAssurance {
  readonly name: string
  readonly url: string
  readonly type: keyof typeof QUALITY_TYPES
  readonly code?: string | undefined
  readonly description?: string | undefined
}

export interface Validity {
  readonly from?: string | undefined
  readonly until?: string | undefined
  /** ISO 8601: years, months and days, as in `P3Y` or `P18M`. */
  readonly duration?: string | undefined
  /** Where a day begins: the offset from UTC for every date of the file and its rows. */
  readonly utcOffset: string
}

/** A template as written, with its defaults filled in. */
export interface TemplateFile {
  readonly inaltera: 'template/1'
  readonly language: string
  readonly issuer: IssuerOfTemplate
  readonly certifier?: Certifier | undefined
  readonly achievement: AchievementOfTemplate
  readonly learningOutcomes?: readonly LearningOutcome[] | undefined
  readonly skills?: readonly Skill[] | undefined
  readonly franceCompetences?: FranceCompetences | undefined
  readonly alignments?: readonly Alignment[] | undefined
  readonly level?: { readonly eqf: number } | undefined
  readonly workload?:
    { readonly hours?: number | undefined; readonly ects?: number | undefined } | undefined
  readonly assessment?: Assessment | undefined
  readonly participation?: readonly (keyof typeof PARTICIPATION_FORMS)[] | undefined
  readonly qualityAssurance?: readonly QualityAssurance[] | undefined
  readonly prerequisites?: string | undefined
  readonly stackability?: (typeof STACKABILITIES)[number] | undefined
  readonly furtherInformation?: string | undefined
  readonly results?: readonly ResultOfTemplate[] | undefined
  readonly validity: Validity
  /** A day that holds for the whole batch, as those of `activity`; a column for the same claim comes first. */
  readonly awarded?: string | undefined
  readonly activity?:
    { readonly start?: string | undefined; readonly end?: string | undefined } | undefined
  readonly hidable?: readonly string[] | undefined
  readonly columns: readonly Column[]
}
