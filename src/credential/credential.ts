/**
 * A credential: Open Badges 3.0 on W3C VC 2.0, as JSON without proof. Parsed once; behind `parseCredential` the readers
 * neither check nor fail.
 */

import type { FormatCode } from '../primitives/codes.ts'
import { FormatError, invariant } from '../primitives/errors.ts'
import type { Json, JsonObject } from '../primitives/json.ts'
import { pointerOf } from '../primitives/shape.ts'
import { parseInstant } from '../primitives/time.ts'
import type { Instant } from '../primitives/time.ts'
import { checkContexts } from './contexts.ts'

declare const brand: unique symbol

export type Credential = JsonObject & { readonly [brand]: 'Credential' }

const MAX_DEPTH = 32

/**
 * Every member a credential may have at its top. `proof` is none: a certificate's reader takes it off first. Names of
 * older data models, `expirationDate` for one, are none either: a reader who believes them would be misled.
 */
const MEMBERS: ReadonlySet<string> = new Set([
  '@context',
  'id',
  'type',
  'name',
  'description',
  'image',
  'awardedDate',
  'credentialSubject',
  'endorsement',
  'endorsementJwt',
  'issuer',
  'validFrom',
  'validUntil',
  'credentialSchema',
  'credentialStatus',
  'refreshService',
  'termsOfUse',
  'evidence',
  'relatedResource',
])
const BADGE_TYPES = ['OpenBadgeCredential', 'AchievementCredential'] as const

/**
 * Checks what this library relies on; the Open Badges schema asks for more, and templates write credentials that meet it.
 * @throws FormatError whose field is a JSON Pointer
 */
export function parseCredential(json: Json): Credential {
  const credential = objectAt(json, '')
  for (const name of Object.keys(credential)) {
    if (MEMBERS.has(name)) continue
    const code = name === '__proto__' || name.startsWith('@') ? 'forbidden-key' : 'unknown-member'
    throw new FormatError(code, pointerOf([name]), `a credential has no member ${name}`)
  }
  checkContexts(credential['@context'], '/@context')
  for (const name of Object.keys(credential)) {
    if (name !== '@context') checkPlain(credential[name], [name], 2)
  }
  checkTypes(credential)
  uriAt(credential['id'], '/id')
  checkIssuer(credential['issuer'])
  checkDates(credential)
  checkSubject(objectAt(credential['credentialSubject'], '/credentialSubject'))
  if (credential['credentialStatus'] !== undefined) {
    const status = objectAt(credential['credentialStatus'], '/credentialStatus')
    textAt(status['type'], '/credentialStatus/type')
  }
  return credential as Credential
}

/** What cannot change and was found plain, and how deep inside of a credential: documents of one batch share most of it. */
const PLAIN = new WeakMap<object, number>()

/**
 * No null, no JSON-LD keyword, no depth beyond the reader's: what the pinned contexts do not explain is refused. Answers
 * whether the value is frozen, with all that is in it.
 */
function checkPlain(value: Json | undefined, path: string[], depth: number): boolean {
  if (typeof value !== 'object') return true
  if (value === null) throw refusal('null-value', path, 'is null')
  if (depth > MAX_DEPTH) throw refusal('too-deep', path, 'is nested too deep')
  let isFrozen = Object.isFrozen(value)
  if (isFrozen && (PLAIN.get(value) ?? 0) >= depth) return true
  const members = value as JsonObject
  for (const name of Object.keys(members)) {
    path.push(name)
    if (name === '@context') throw refusal('bad-context', path, 'is an inline context')
    if (name.startsWith('@') || name === '__proto__') {
      throw refusal('forbidden-key', path, 'is a JSON-LD keyword')
    }
    if (!checkPlain(members[name], path, depth + 1)) isFrozen = false
    path.pop()
  }
  if (isFrozen) PLAIN.set(value, depth)
  return isFrozen
}

function refusal(code: FormatCode, path: readonly string[], what: string): FormatError {
  const field = pointerOf(path)
  return new FormatError(code, field, `${field} ${what}`)
}

function checkTypes(credential: JsonObject): void {
  const types = textsAt(credential['type'], '/type')
  const badges = types.filter((type) => BADGE_TYPES.some((badge) => badge === type))
  const fits = types.length === 2 && types.includes('VerifiableCredential') && badges.length === 1
  if (fits) return
  const message = `/type is VerifiableCredential and one of ${BADGE_TYPES.join(', ')}`
  throw new FormatError('wrong-value', '/type', message)
}

function checkIssuer(json: Json | undefined): void {
  if (typeof json === 'string') {
    uriAt(json, '/issuer')
    return
  }
  const issuer = objectAt(json, '/issuer')
  uriAt(issuer['id'], '/issuer/id')
  includesType(issuer, '/issuer', 'Profile')
  if (issuer['name'] !== undefined) textAt(issuer['name'], '/issuer/name')
}

function checkDates(credential: JsonObject): void {
  const from = parseInstant(textAt(credential['validFrom'], '/validFrom'), '/validFrom')
  if (credential['awardedDate'] !== undefined) {
    parseInstant(textAt(credential['awardedDate'], '/awardedDate'), '/awardedDate')
  }
  if (credential['validUntil'] === undefined) return
  const until = parseInstant(textAt(credential['validUntil'], '/validUntil'), '/validUntil')
  if (until > from) return
  throw new FormatError('out-of-range', '/validUntil', '/validUntil is not after /validFrom')
}

function checkSubject(subject: JsonObject): void {
  const at = '/credentialSubject'
  uriAt(subject['id'], `${at}/id`)
  includesType(subject, at, 'AchievementSubject')
  for (const name of ['activityStartDate', 'activityEndDate']) {
    const field = `${at}/${name}`
    if (subject[name] !== undefined) parseInstant(textAt(subject[name], field), field)
  }
  const achievement = objectAt(subject['achievement'], `${at}/achievement`)
  uriAt(achievement['id'], `${at}/achievement/id`)
  includesType(achievement, `${at}/achievement`, 'Achievement')
  textAt(achievement['name'], `${at}/achievement/name`)
  textAt(achievement['description'], `${at}/achievement/description`)
  objectAt(achievement['criteria'], `${at}/achievement/criteria`)
}

/** `issuer.id`, or `issuer` itself where it is a text. */
export function issuerId(credential: Credential): string {
  const issuer = credential['issuer']
  return typeof issuer === 'string' ? issuer : known(member(issuer, 'id'))
}

/** What the document says its issuer is called: its own claim, never a headline. */
export function issuerName(credential: Credential): string | undefined {
  return textOf(member(credential['issuer'], 'name'))
}

/** The name of the achievement: the title of the micro-credential. */
export function title(credential: Credential): string {
  return known(member(member(credential['credentialSubject'], 'achievement'), 'name'))
}

/** The instant from which the credential holds. */
export function validFrom(credential: Credential): Instant {
  return parseInstant(known(credential['validFrom']), '/validFrom')
}

/** The instant from which it holds no more; undefined where it says none. */
export function validUntil(credential: Credential): Instant | undefined {
  const until = textOf(credential['validUntil'])
  return until === undefined ? undefined : parseInstant(until, '/validUntil')
}

/** A member of an object, undefined where `json` is none or has none. */
export function member(json: Json | undefined, name: string): Json | undefined {
  return isObject(json) && Object.hasOwn(json, name) ? json[name] : undefined
}

export function textOf(json: Json | undefined): string | undefined {
  return typeof json === 'string' ? json : undefined
}

function known(json: Json | undefined): string {
  invariant(typeof json === 'string', 'parseCredential has seen this text')
  return json
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function objectAt(json: Json | undefined, field: string): JsonObject {
  if (json === undefined) throw missing(field)
  if (!isObject(json)) throw new FormatError('wrong-type', field, `${field} is one object`)
  return json
}

function textAt(json: Json | undefined, field: string): string {
  if (json === undefined) throw missing(field)
  if (typeof json !== 'string') throw new FormatError('wrong-type', field, `${field} is a text`)
  if (json === '') throw new FormatError('wrong-value', field, `${field} is empty`)
  return json
}

function textsAt(json: Json | undefined, field: string): readonly string[] {
  if (json === undefined) throw missing(field)
  if (!Array.isArray(json)) throw new FormatError('wrong-type', field, `${field} is a list`)
  const items: readonly Json[] = json
  return items.map((item, i) => textAt(item, `${field}/${i}`))
}

function uriAt(json: Json | undefined, field: string): string {
  const uri = textAt(json, field)
  if (/^[a-z][a-z0-9+.-]*:[^\s"<>\\^`{|}]+$/i.test(uri)) return uri
  throw new FormatError('wrong-value', field, `${field} is not a URI`)
}

function includesType(object: JsonObject, field: string, type: string): void {
  if (textsAt(object['type'], `${field}/type`).includes(type)) return
  throw new FormatError('wrong-value', `${field}/type`, `${field}/type does not name ${type}`)
}

function missing(field: string): FormatError {
  return new FormatError('missing-member', field, `${field} is missing`)
}
