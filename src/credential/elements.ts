/**
 * How complete a template is as a micro-credential: the elements of the European recommendation 2022/C 243/02, annex I,
 * and the three criteria a micro-certification stands on. Pure data; the wording is in `elements.texts.ts`.
 */

import { DEFAULT_HIDABLE_NAMES, nameOf } from './pointer.ts'
import type { Template } from './template.ts'
import type { TemplateFile } from './template-file.ts'

/** Annex I of the recommendation, mandatory, in its order. */
export const MANDATORY_ELEMENTS = [
  'learner',
  'title',
  'country',
  'awarding-body',
  'date-of-issuing',
  'learning-outcomes',
  'workload',
  'level',
  'assessment-type',
  'participation-form',
  'quality-assurance',
] as const

/** Annex I, optional where relevant. */
export const OPTIONAL_ELEMENTS = [
  'prerequisites',
  'supervision',
  'grade',
  'stackability',
  'further-information',
] as const

/** A block of identified skills, an assessment protocol, unalterable proof. */
export const CRITERIA = ['skills', 'assessment', 'proof'] as const

export const QUESTION_CODES = [
  'hidable-claim-unusual',
  'personal-claim-not-hidable',
  'national-number',
  'name-not-required',
  'nothing-tells-learners-apart',
] as const

export type ElementCode = (typeof MANDATORY_ELEMENTS)[number] | (typeof OPTIONAL_ELEMENTS)[number]
export type CriterionCode = (typeof CRITERIA)[number]
export type QuestionCode = (typeof QUESTION_CODES)[number]

export type ElementReport = {
  readonly code: ElementCode
  readonly present: boolean
  /** JSON Pointer into the template: where it stands or belongs. */
  readonly place: string
}

export type CriterionReport = {
  readonly code: CriterionCode
  readonly met: boolean
  /** JSON Pointers to what is lacking; one of them may do where the text says so. */
  readonly lacking: readonly string[]
}

/** Something only the issuer can answer; it takes nothing from the score. */
export type Question = {
  readonly code: QuestionCode
  readonly place: string
  /** The claim or column it is about; absent where it is about the whole. */
  readonly about?: string
}

export type LintReport = {
  /** Every mandatory element is there: `issue` goes on without being told to. */
  readonly complete: boolean
  readonly mandatory: readonly ElementReport[]
  readonly optional: readonly ElementReport[]
  readonly criteria: readonly CriterionReport[]
  readonly questions: readonly Question[]
  readonly score: {
    readonly mandatory: Score
    readonly optional: Score
    readonly criteria: Score
  }
}

export type Score = { readonly reached: number; readonly of: number }

/** Claims that tell who somebody is, or how they did. */
const PERSONAL: ReadonlySet<string> = new Set([
  ...DEFAULT_HIDABLE_NAMES,
  'birthName',
  'birthPlace',
  'licenseNumber',
  'narrative',
])

/** Scores a template and names what is missing, with the place where it belongs. */
export function lintTemplate(template: Template): LintReport {
  const { file } = template
  const mandatory = MANDATORY_ELEMENTS.map((code) => elementOf(code, file))
  const optional = OPTIONAL_ELEMENTS.map((code) => elementOf(code, file))
  const criteria = CRITERIA.map((code) => criterionOf(code, file))
  return {
    complete: mandatory.every(({ present }) => present),
    mandatory,
    optional,
    criteria,
    questions: [...hidableQuestions(template), ...learnerQuestions(file)],
    score: {
      mandatory: scoreOf(mandatory.map(({ present }) => present)),
      optional: scoreOf(optional.map(({ present }) => present)),
      criteria: scoreOf(criteria.map(({ met }) => met)),
    },
  }
}

function elementOf(code: ElementCode, file: TemplateFile): ElementReport {
  const [place, value] = standingOf(code, file)
  const present = Array.isArray(value) ? value.length > 0 : value !== undefined
  return { code, present, place }
}

/** Where an element stands in the file, and what stands there. */
function standingOf(code: ElementCode, file: TemplateFile): readonly [string, unknown] {
  switch (code) {
    case 'learner':
      return ['/columns', file.columns.filter(isName)]
    case 'title':
      return ['/achievement/name', file.achievement.name]
    case 'country':
      return ['/issuer/address/country', file.issuer.address?.country]
    case 'awarding-body':
      return ['/issuer/name', file.issuer.name]
    case 'date-of-issuing':
      // Never absent: without column and fixed day, a batch's own time becomes `validFrom`.
      return ['/validity', file.validity]
    case 'learning-outcomes':
      return ['/learningOutcomes', file.learningOutcomes]
    case 'workload':
      return ['/workload', file.workload]
    case 'level':
      return ['/level/eqf', file.level?.eqf]
    case 'assessment-type':
      return ['/assessment/types', file.assessment?.types]
    case 'participation-form':
      return ['/participation', file.participation]
    case 'quality-assurance':
      return ['/qualityAssurance', file.qualityAssurance]
    case 'prerequisites':
      return ['/prerequisites', file.prerequisites]
    case 'supervision':
      return ['/assessment/supervision', file.assessment?.supervision]
    case 'grade':
      return ['/results', file.columns.filter(({ claim }) => claim === 'result')]
    case 'stackability':
      return ['/stackability', file.stackability]
    case 'further-information':
      return ['/furtherInformation', file.furtherInformation]
  }
}

function criterionOf(code: CriterionCode, file: TemplateFile): CriterionReport {
  const lacking = lackingFor(code, file)
  return { code, met: lacking.length === 0, lacking }
}

function lackingFor(code: CriterionCode, file: TemplateFile): readonly string[] {
  const lacks = (place: string, present: boolean): string[] => (present ? [] : [place])
  switch (code) {
    case 'skills':
      return [
        ...lacks('/learningOutcomes', (file.learningOutcomes ?? []).length > 0),
        ...lacks('/skills', (file.skills ?? []).length > 0 || isRegistered(file)),
      ]
    case 'assessment':
      return [
        ...lacks('/assessment/types', file.assessment !== undefined),
        ...lacks('/assessment/protocol', file.assessment?.protocol !== undefined),
      ]
    case 'proof':
      // The anchor makes the proof unalterable; it proves nothing of nobody, and nothing by nobody.
      return [
        ...lacks('/columns', file.columns.some(isName)),
        ...lacks('/issuer/siret', isIdentified(file.issuer)),
      ]
  }
}

/** The skills are those of a public directory: a certification or its blocks. */
function isRegistered({ franceCompetences }: TemplateFile): boolean {
  const { rs, rncp, blocks } = franceCompetences ?? {}
  return rs !== undefined || rncp !== undefined || blocks !== undefined
}

function isIdentified({ siret, nda, uai, url }: TemplateFile['issuer']): boolean {
  return [siret, nda, uai, url].some((identifier) => identifier !== undefined)
}

function isName({ claim }: { readonly claim: string }): boolean {
  return claim === 'givenName' || claim === 'familyName'
}

function hidableQuestions({ file, hidable }: Template): Question[] {
  const names = hidable.map(nameOf)
  const usual: ReadonlySet<string> = new Set(DEFAULT_HIDABLE_NAMES)
  const unusual = names.flatMap((name, i): Question[] =>
    usual.has(name) ? [] : [{ code: 'hidable-claim-unusual', place: `/hidable/${i}`, about: name }],
  )
  const exposed = file.columns.flatMap(({ claim, column }, i): Question[] =>
    PERSONAL.has(claim) && !names.includes(claim)
      ? [{ code: 'personal-claim-not-hidable', place: `/columns/${i}`, about: column }]
      : [],
  )
  return [...unusual, ...exposed]
}

function learnerQuestions({ columns }: TemplateFile): Question[] {
  const national = columns.flatMap((column, i): Question[] =>
    column.claim === 'identifier' && column.identityType === 'nationalIdentityNumber'
      ? [{ code: 'national-number', place: `/columns/${i}`, about: column.column }]
      : [],
  )
  const names = columns.filter(isName)
  const nameless = names.length > 0 && !names.some(({ required }) => required)
  const keyless = !columns.some(({ claim }) => claim === 'identifier' || claim === 'email')
  return [
    ...national,
    ...(nameless ? [{ code: 'name-not-required', place: '/columns' } as const] : []),
    ...(keyless ? [{ code: 'nothing-tells-learners-apart', place: '/columns' } as const] : []),
  ]
}

function scoreOf(reached: readonly boolean[]): Score {
  return { reached: reached.filter(Boolean).length, of: reached.length }
}
