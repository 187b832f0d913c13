/**
 * What a certificate says, read for whoever draws it: page, preview, PDF, picture. All of it stands under the commitment;
 * what stands in no known place is left out, and nothing is made up.
 */
import { issuerName, nameOf, title } from '../../src/index.ts'
import type { Certificate, HidablePointer, Json, JsonObject } from '../../src/index.ts'
import { isObject } from '../engine/members.ts'

export type Coded = { readonly name: string; readonly code: string | undefined }
export type Linked = Coded & { readonly url: string | undefined }
export type Told = { readonly name: string; readonly text: string | undefined }
export type ResultFact = {
  readonly name: string
  readonly value: string
  readonly of: string | undefined
}

export type SheetFacts = {
  /** What the document calls its issuer: its own claim. */
  readonly claimedIssuer: string | undefined
  readonly claimedLogo: string | undefined
  readonly certifier: string | undefined
  readonly title: string
  /** Of the achievement, as Open Badges names it: `MicroCredential`. */
  readonly kind: string | undefined
  /** BCP 47, of the texts of the achievement. */
  readonly language: string | undefined
  readonly description: string | undefined
  /** Undefined where no part of it shows. */
  readonly learner: string | undefined
  /** `data:` of a picture within the document. */
  readonly picture: string | undefined
  readonly skills: readonly Linked[]
  readonly directories: readonly Linked[]
  readonly quality: readonly Linked[]
  readonly outcomes: readonly Told[]
  readonly level: string | undefined
  /** As ISO 8601: `PT21H`. */
  readonly workload: string | undefined
  readonly credits: string | undefined
  readonly isEcts: boolean
  readonly assessments: readonly string[]
  readonly protocol: string | undefined
  readonly supervision: string | undefined
  readonly participation: readonly string[]
  readonly criteria: string | undefined
  readonly criteriaUrl: string | undefined
  readonly prerequisites: string | undefined
  readonly more: string | undefined
  readonly results: readonly ResultFact[]
  /** Further claims about the learner that show, by their name in the document. */
  readonly claims: readonly { readonly name: string; readonly value: string }[]
  /** Times as they are written, in the offset of where it was issued. */
  readonly validFrom: string
  readonly validUntil: string | undefined
  readonly awarded: string | undefined
  readonly start: string | undefined
  readonly end: string | undefined
  /** Names of the claims that their holder hides. */
  readonly hidden: readonly string[]
}

const ECTS = '/education-credit/6fcec5c5af'
/** Claims that have no better place on the sheet. */
const CLAIMS = [
  'birthDate',
  'birthName',
  'birthPlace',
  'email',
  'licenseNumber',
  'role',
  'term',
  'narrative',
]

export function sheetFactsOf({
  credential,
  hidden,
}: Pick<Certificate, 'credential' | 'hidden'>): SheetFacts {
  const subject = objectOf(credential['credentialSubject'])
  const achievement = objectOf(subject['achievement'])
  return {
    claimedIssuer: issuerName(credential),
    claimedLogo: pictureOf(objectOf(credential['issuer'])['image']),
    certifier: textOf(objectOf(achievement['creator'])['name']),
    title: title(credential),
    kind: textOf(achievement['achievementType']),
    language: textOf(achievement['inLanguage']),
    description: textOf(achievement['description']),
    learner: learnerOf(subject),
    picture: pictureOf(achievement['image']),
    ...alignmentsOf(achievement),
    outcomes: objectsOf(achievement['learningOutcome']).flatMap(toldOf),
    workload: textOf(achievement['notionalWorkload']),
    credits: plainOf(subject['creditsEarned']) ?? plainOf(achievement['creditsAvailable']),
    isEcts: (textOf(achievement['creditSystem']) ?? '').endsWith(ECTS),
    ...assessmentOf(achievement),
    more: textOf(credential['description']),
    results: resultsOf(subject, achievement),
    claims: [...CLAIMS.flatMap((name) => claimOf(subject, name)), ...identifiersOf(subject)],
    validFrom: textOf(credential['validFrom']) ?? '',
    validUntil: textOf(credential['validUntil']),
    awarded: textOf(credential['awardedDate']),
    start: textOf(subject['activityStartDate']),
    end: textOf(subject['activityEndDate']),
    hidden: hiddenOf(hidden),
  }
}

function hiddenOf(hidden: Certificate['hidden']): string[] {
  return [...hidden.keys()].map((pointer: HidablePointer) => nameOf(pointer)).sort()
}

function learnerOf(subject: JsonObject): string | undefined {
  const parts = ['givenName', 'familyName'].flatMap((name) => textOf(subject[name]) ?? [])
  return parts.length > 0 ? parts.join(' ') : textOf(subject['name'])
}

function alignmentsOf(
  achievement: JsonObject,
): Pick<SheetFacts, 'skills' | 'directories' | 'quality' | 'level'> {
  const all = objectsOf(achievement['alignment'])
  const of = (...types: string[]): Linked[] =>
    all.filter((one) => types.includes(textOf(one['targetType']) ?? '')).flatMap(linkedOf)
  const known = ['ext:EQFLevel', 'ext:QualityAssurance', 'ext:RNCP', 'ext:RS']
  return {
    skills: all.filter((one) => !known.includes(textOf(one['targetType']) ?? '')).flatMap(linkedOf),
    directories: of('ext:RNCP', 'ext:RS'),
    quality: of('ext:QualityAssurance'),
    level: of('ext:EQFLevel')[0]?.code,
  }
}

/** An ESCO skill has seldom a code of its own: its address tells it apart. */
function linkedOf(one: JsonObject): Linked[] {
  const name = textOf(one['targetName'])
  if (name === undefined) return []
  const url = textOf(one['targetUrl'])
  const isEsco = textOf(one['targetType']) === 'ext:ESCOSkill'
  const code = textOf(one['targetCode']) ?? (isEsco ? 'ESCO' : undefined)
  return [{ name, url, code }]
}

function assessmentOf(
  achievement: JsonObject,
): Pick<
  SheetFacts,
  | 'assessments'
  | 'protocol'
  | 'supervision'
  | 'participation'
  | 'criteria'
  | 'criteriaUrl'
  | 'prerequisites'
> {
  const assessment = objectOf(achievement['assessment'])
  const criteria = objectOf(achievement['criteria'])
  return {
    assessments: namesOf(assessment['assessmentType']),
    protocol: textOf(assessment['description']),
    supervision: textOf(objectOf(assessment['supervision'])['name']),
    participation: namesOf(achievement['participationForm']),
    criteria: textOf(criteria['narrative']),
    criteriaUrl: textOf(criteria['id']),
    prerequisites: textOf(achievement['prerequisites']),
  }
}

/** Results with the name and the scale that the achievement describes for them. */
function resultsOf(subject: JsonObject, achievement: JsonObject): ResultFact[] {
  const described = new Map(
    objectsOf(achievement['resultDescription']).map((one) => [textOf(one['id']), one] as const),
  )
  return objectsOf(subject['result']).flatMap((result) => {
    const of = described.get(textOf(result['resultDescription']))
    const name = textOf(of?.['name'])
    const value = textOf(result['value'])
    if (name === undefined || value === undefined) return []
    const isPercent = textOf(of?.['resultType']) === 'Percent'
    return [{ name, value, of: isPercent ? '%' : textOf(of?.['valueMax']) }]
  })
}

function claimOf(subject: JsonObject, name: string): { name: string; value: string }[] {
  const value = plainOf(subject[name])
  return value === undefined ? [] : [{ name, value }]
}

function identifiersOf(subject: JsonObject): { name: string; value: string }[] {
  return objectsOf(subject['identifier']).flatMap((one) => {
    const value = textOf(one['identityHash'])
    return value === undefined || one['hashed'] === true ? [] : [{ name: 'identifier', value }]
  })
}

function toldOf(one: JsonObject): Told[] {
  const name = textOf(one['name'])
  return name === undefined ? [] : [{ name, text: textOf(one['description']) }]
}

function namesOf(json: Json | undefined): string[] {
  return objectsOf(json).flatMap((one) => textOf(one['name']) ?? [])
}

/** Only what the document carries: a picture from elsewhere is under no commitment, and tells its host who reads. */
function pictureOf(json: Json | undefined): string | undefined {
  const url = textOf(json) ?? textOf(objectOf(json)['id'])
  return url !== undefined && isCarried(url) ? url : undefined
}

/** Whether an address is a picture in itself. */
export function isCarried(url: string): boolean {
  return /^data:image\/(png|jpeg|webp|gif|svg\+xml)(;[a-z=0-9-]+)*;base64,[A-Za-z0-9+/=]+$/.test(
    url,
  )
}

function textOf(json: Json | undefined): string | undefined {
  return typeof json === 'string' && json.trim() !== '' ? json : undefined
}

function plainOf(json: Json | undefined): string | undefined {
  return typeof json === 'number' ? String(json) : textOf(json)
}

function objectOf(json: Json | undefined): JsonObject {
  return isObject(json) ? json : {}
}

/** One object stands for a list of one, as JSON-LD lets it. */
function objectsOf(json: Json | undefined): JsonObject[] {
  if (!Array.isArray(json)) return isObject(json) ? [json] : []
  const items: readonly Json[] = json
  return items.filter(isObject)
}
