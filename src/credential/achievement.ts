/** A template's constant parts as Open Badges 3.0: the achievement and the organisations behind it. */

import type { Json, JsonObject } from '../primitives/json.ts'
import { franceCompetencesUrl } from './identifiers.ts'
import { isScore } from './template-columns.ts'
import type { ResultOfTemplate } from './template-columns.ts'
import type { TemplateFile } from './template-schema.ts'
import {
  ASSESSMENT_TYPES,
  ECTS,
  PARTICIPATION_FORMS,
  QUALITY_TYPES,
  SUPERVISIONS,
  eqfUri,
  labelOf,
} from './vocabularies.ts'
import type { Concept } from './vocabularies.ts'

type Organisation = TemplateFile['issuer'] | NonNullable<TemplateFile['certifier']>
type Skill = NonNullable<TemplateFile['skills']>[number]

/** `credentialSubject.achievement` of every credential of a template. */
export function achievementOf(file: TemplateFile): JsonObject {
  const { achievement, workload, certifier } = file
  const { criteria, image } = achievement
  return defined({
    id: achievement.id,
    type: ['Achievement'],
    achievementType: achievement.type,
    name: achievement.name,
    description: achievement.description,
    criteria: defined({ id: criteria.url, narrative: criteria.narrative }),
    image: image && imageOf(image),
    version: achievement.version,
    humanCode: achievement.code,
    fieldOfStudy: achievement.fieldOfStudy,
    specialization: achievement.specialization,
    tag: achievement.tags && filled(achievement.tags),
    inLanguage: file.language,
    creator: certifier && profileOf(certifier, certifier.id),
    otherIdentifier: filled(registeredAs(file)),
    alignment: filled(alignmentsOf(file)),
    creditsAvailable: workload?.ects,
    creditSystem: workload?.ects === undefined ? undefined : ECTS,
    notionalWorkload: workload?.hours === undefined ? undefined : durationOf(workload.hours),
    learningOutcome: filled(
      file.learningOutcomes?.map((outcome, i) => ({
        id: fragmentOf(file, `outcome-${i + 1}`),
        ...defined({ type: ['LearningOutcome'], ...outcome }),
      })),
    ),
    assessment: assessmentOf(file),
    participationForm: filled(
      file.participation?.map((form) => conceptOf(PARTICIPATION_FORMS[form], file.language)),
    ),
    prerequisites: file.prerequisites,
    stackability: file.stackability,
    resultDescription: filled(file.results?.map((r) => resultDescriptionOf(file, r))),
  })
}

/** An organisation as an Open Badges profile under `id`. */
export function profileOf(organisation: Organisation, id: string): JsonObject {
  const { name, url, email, description, image, address } = organisation
  const identifiers = [
    identifierOf('ext:SIRET', organisation.siret),
    'nda' in organisation ? identifierOf('ext:NDA', organisation.nda) : [],
    'uai' in organisation ? identifierOf('ext:UAI', organisation.uai) : [],
  ].flat()
  return defined({
    id,
    type: ['Profile'],
    name,
    url,
    email,
    description,
    image: image && imageOf(image),
    address:
      address &&
      defined({
        type: ['Address'],
        streetAddress: address.street,
        postalCode: address.postalCode,
        addressLocality: address.locality,
        addressRegion: address.region,
        addressCountry: address.countryName,
        addressCountryCode: address.country,
      }),
    otherIdentifier: filled(identifiers),
  })
}

/** The identifier of a result's description: the achievement's with the key in the fragment. */
export function resultDescriptionId(file: TemplateFile, key: string): string {
  return fragmentOf(file, `result-${key}`)
}

/** Parts of an achievement have identifiers, so that RDF canonicalisation has few nameless nodes to tell apart. */
function fragmentOf(file: TemplateFile, fragment: string): string {
  const { id } = file.achievement
  return `${id}${id.includes('#') ? '-' : '#'}${fragment}`
}

/** Leaves out the members without a value: a credential has no null. */
export function defined(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

function resultDescriptionOf(file: TemplateFile, result: ResultOfTemplate): JsonObject {
  const shared = {
    id: resultDescriptionId(file, result.key),
    type: ['ResultDescription'],
    name: result.name,
    resultType: result.type,
    aspect: result.aspect,
    alignment: result.skill && [skillAlignment(result.skill)],
    requiredValue: result.required === undefined ? undefined : String(result.required),
  }
  if (!isScore(result)) return defined({ ...shared, allowedValue: result.allowed })
  const { min, max } = scaleOf(result)
  return defined({
    ...shared,
    valueMin: min === undefined ? undefined : String(min),
    valueMax: max === undefined ? undefined : String(max),
  })
}

/** The bounds of a score; a percentage has its own. */
export function scaleOf(result: {
  readonly type: string
  readonly min?: number | undefined
  readonly max?: number | undefined
}): { readonly min: number | undefined; readonly max: number | undefined } {
  const percent = result.type === 'Percent'
  return {
    min: result.min ?? (percent ? 0 : undefined),
    max: result.max ?? (percent ? 100 : undefined),
  }
}

/** What the achievement itself is in the national directories; what it belongs to is an alignment. */
function registeredAs(file: TemplateFile): JsonObject[] {
  const { rncp, rs, blocks } = file.franceCompetences ?? {}
  const own = blocks === undefined ? [rs, rncp] : [rs, ...blocks.map(({ code }) => code)]
  return own.flatMap((code) => identifierOf('ext:FranceCompetences', code))
}

function alignmentsOf(file: TemplateFile): JsonObject[] {
  return [
    ...(file.skills ?? []).map(skillAlignment),
    ...levelAlignment(file),
    ...directoryAlignments(file),
    ...(file.qualityAssurance ?? []).map((quality) => qualityAlignment(quality, file.language)),
    ...(file.alignments ?? []).map(({ name, url, type, framework, code, description }) =>
      alignment(type, name, url, {
        targetFramework: framework,
        targetCode: code,
        targetDescription: description,
      }),
    ),
  ]
}

function levelAlignment({ level, language }: TemplateFile): JsonObject[] {
  if (level === undefined) return []
  const code = String(level.eqf)
  const name = labelOf(
    { id: '', fr: `Niveau ${code} du cadre européen (CEC)`, en: `EQF level ${code}` },
    language,
  )
  const targetFramework = 'European Qualifications Framework'
  return [alignment('ext:EQFLevel', name, eqfUri(level.eqf), { targetCode: code, targetFramework })]
}

function directoryAlignments({ franceCompetences = {} }: TemplateFile): JsonObject[] {
  const { rncp, rs, blocks = [] } = franceCompetences
  const entry = (type: string, code: string, name: string): JsonObject =>
    alignment(type, name, franceCompetencesUrl(code), {
      targetCode: code,
      targetFramework: 'France compétences',
    })
  return [
    ...(rs === undefined ? [] : [entry('ext:RS', rs, rs)]),
    ...(rncp === undefined ? [] : [entry('ext:RNCP', rncp, rncp)]),
    ...blocks.map(({ code, name }) => entry('ext:RNCPBloc', code, name)),
  ]
}

function qualityAlignment(
  quality: NonNullable<TemplateFile['qualityAssurance']>[number],
  language: string,
): JsonObject {
  const kind = labelOf(QUALITY_TYPES[quality.type], language)
  return alignment('ext:QualityAssurance', quality.name, quality.url, {
    targetCode: quality.code,
    targetFramework: kind,
    targetDescription: quality.description,
  })
}

function skillAlignment(skill: Skill): JsonObject {
  return alignment('ext:ESCOSkill', skill.name, skill.esco, {
    targetCode: skill.code,
    targetFramework: 'ESCO',
    targetDescription: skill.description,
  })
}

function alignment(
  targetType: string,
  targetName: string,
  targetUrl: string,
  more: Readonly<Record<string, string | undefined>>,
): JsonObject {
  return defined({ type: ['Alignment'], targetType, targetName, targetUrl, ...more })
}

function assessmentOf({ assessment, language }: TemplateFile): JsonObject | undefined {
  if (assessment === undefined) return undefined
  const { types, protocol, supervision } = assessment
  return defined({
    type: ['Assessment'],
    assessmentType: types.map((type) => conceptOf(ASSESSMENT_TYPES[type], language)),
    description: protocol,
    supervision: supervision && conceptOf(SUPERVISIONS[supervision], language),
  })
}

function conceptOf(concept: Concept, language: string): JsonObject {
  return { id: concept.id, type: ['Concept'], name: labelOf(concept, language) }
}

function imageOf(image: { url: string; caption?: string | undefined }): JsonObject {
  return defined({ id: image.url, type: 'Image', caption: image.caption })
}

function identifierOf(identifierType: string, identifier: string | undefined): JsonObject[] {
  if (identifier === undefined) return []
  return [{ type: 'IdentifierEntry', identifier, identifierType }]
}

/** Hours as an ISO 8601 duration: 21 is `PT21H`, 10.5 is `PT10H30M`. */
function durationOf(hours: number): string {
  const minutes = Math.round(hours * 60)
  const rest = minutes % 60
  return `PT${Math.floor(minutes / 60)}H${rest === 0 ? '' : `${rest}M`}`
}

function filled<Item extends Json>(
  items: readonly Item[] | undefined,
): readonly Item[] | undefined {
  return items === undefined || items.length === 0 ? undefined : items
}
