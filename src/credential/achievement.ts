/** A template's constant parts as Open Badges 3.0: the achievement and the organisations behind it. */

import type { JsonObject } from '../primitives/json.ts'
import { alignmentsOf, skillAlignment } from './alignments.ts'
import { defined, filled } from './defined.ts'
import { isScore } from './columns.ts'
import type { ResultOfTemplate } from './columns.ts'
import type { TemplateFile } from './template-file.ts'
import {
  ASSESSMENT_TYPES,
  ECTS,
  PARTICIPATION_FORMS,
  SUPERVISIONS,
  labelOf,
} from './vocabularies.ts'
import type { Concept } from './vocabularies.ts'

type Organisation = TemplateFile['issuer'] | NonNullable<TemplateFile['certifier']>

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
