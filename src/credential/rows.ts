/** A row of named cells and a template become a credential, or the list of everything that is wrong with the row. */

import { didPkh } from '../primitives/account.ts'
import type { Address } from '../primitives/bytes.ts'
import type { Json, JsonObject } from '../primitives/json.ts'
import { profileOf, resultDescriptionId } from './achievement.ts'
import { readCredits, readDay, readEmail, readResult, readText } from './cells.ts'
import type { Cell, CellCode } from './cells.ts'
import { TEMPLATE_CONTEXTS } from './contexts.ts'
import { parseCredential } from './credential.ts'
import type { Credential } from './credential.ts'
import { defined } from './defined.ts'
import { endOf, startOf } from './days.ts'
import type { Day } from './days.ts'
import { periodOf } from './period.ts'
import type { Template } from './template.ts'
import type { Column } from './columns.ts'

/** What a credential needs beside template and row; nothing here is made up by the library. */
export type CredentialIds = {
  /** A random `urn:uuid:…`. */
  readonly credentialId: string
  /** A random `urn:uuid:…`, so that the credential meets the Open Badges schema whatever is hidden. */
  readonly subjectId: string
  /** The anchoring account, named as `did:pkh`; or `id`, an identifier in the profile of that account. */
  readonly issuer: { readonly chainId: string; readonly address: Address } | { readonly id: string }
  /** RFC 3339; `validFrom` where neither row nor template says another. */
  readonly issuedAt: string
  /** `credentialStatus`, for foreign verifiers only. */
  readonly status?: JsonObject
}

export type RowError = {
  /** The column of the rows; absent where no single column is at fault. */
  readonly column?: string
  /** The claim that the column fills. */
  readonly claim: string
  readonly code: CellCode
}

type Results = readonly { readonly key: string; readonly value: string }[]
type Values = {
  readonly texts: Map<string, string>
  readonly days: Map<string, Day>
  readonly identifiers: JsonObject[]
  readonly results: { key: string; value: string }[]
  readonly errors: RowError[]
}

// What every credential has is one object in all of them: whoever prints many of them recognises it.
const TYPES = ['VerifiableCredential', 'OpenBadgeCredential']
const SUBJECT_TYPES = ['AchievementSubject']
const RESULT_TYPES = ['Result']
const SCHEMAS = [
  {
    id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
    type: '1EdTechJsonSchemaValidator2019',
  },
]

/**
 * The credential of one row. Cells are trimmed, never otherwise changed; an empty cell gives no member at all. Every
 * fault of the row is named at once, and none of them throws.
 * @throws FormatError for `ids` that are no URIs or no RFC 3339 time
 */
export function credentialOf(
  template: Template,
  row: ReadonlyMap<string, string>,
  ids: CredentialIds,
): { readonly credential: Credential } | { readonly rowErrors: readonly RowError[] } {
  const values = valuesOf(template, row)
  const period = periodOfRow(template, values, ids.issuedAt)
  if (period === undefined) return { rowErrors: values.errors }
  const { file } = template
  const issuer = 'id' in ids.issuer ? ids.issuer.id : didPkh(ids.issuer.chainId, ids.issuer.address)
  const awarded = values.days.get('awardedDate') ?? file.awarded
  const json = defined({
    '@context': TEMPLATE_CONTEXTS,
    id: ids.credentialId,
    type: TYPES,
    name: file.achievement.name,
    description: file.furtherInformation,
    issuer: issuerOf(template, issuer),
    ...period,
    awardedDate: awarded === undefined ? undefined : startOf(awarded, file.validity.utcOffset),
    credentialSubject: subjectOf(template, values, ids.subjectId),
    credentialSchema: SCHEMAS,
    credentialStatus: ids.status,
  })
  return { credential: parseCredential(json) }
}

/** Each template's issuer under the identifier that was asked for last. */
const ISSUERS = new WeakMap<Template, { readonly id: string; readonly profile: JsonObject }>()

function issuerOf(template: Template, id: string): JsonObject {
  const known = ISSUERS.get(template)
  if (known?.id === id) return known.profile
  const profile = profileOf(template.file.issuer, id)
  ISSUERS.set(template, { id, profile })
  return profile
}

function valuesOf(template: Template, row: ReadonlyMap<string, string>): Values {
  const values: Values = {
    texts: new Map(),
    days: new Map(),
    identifiers: [],
    results: [],
    errors: [],
  }
  for (const column of template.file.columns) {
    const cell = (row.get(column.column) ?? '').trim()
    const code = cell === '' ? undefined : take(template, column, cell, values)
    if (cell === '' ? column.required : code !== undefined) {
      const { column: name, claim } = column
      values.errors.push({ column: name, claim, code: code ?? 'empty-cell' })
    }
  }
  return values
}

/** Reads one cell into `values`; the code says why it cannot. */
function take(
  template: Template,
  column: Column,
  cell: string,
  values: Values,
): CellCode | undefined {
  switch (column.claim) {
    case 'validFrom':
    case 'validUntil':
    case 'awardedDate':
    case 'birthDate':
    case 'activityStartDate':
    case 'activityEndDate':
      return keep(readDay(cell, column.format), (day) => values.days.set(column.claim, day))
    case 'creditsEarned':
      return keep(readCredits(cell), (number) => values.texts.set(column.claim, number))
    case 'identifier':
      return keep(readText(cell), (text) =>
        values.identifiers.push(identityOf(text, column.identityType)),
      )
    case 'result': {
      const result = template.results.get(column.result)
      if (result === undefined) return 'not-allowed'
      return keep(readResult(cell, result), (value) =>
        values.results.push({ key: result.key, value }),
      )
    }
    case 'email':
      return keep(readEmail(cell), (text) => values.texts.set(column.claim, text))
    default:
      return keep(readText(cell, column.claim === 'narrative'), (text) =>
        values.texts.set(column.claim, text),
      )
  }
}

function keep<Value>(cell: Cell<Value>, store: (value: Value) => unknown): CellCode | undefined {
  if ('code' in cell) return cell.code
  store(cell.value)
  return undefined
}

function identityOf(identityHash: string, identityType: string): JsonObject {
  return { type: 'IdentityObject', hashed: false, identityHash, identityType }
}

/** The row's period; undefined, with every reason among the errors, where anything is wrong with the row. */
function periodOfRow(
  template: Template,
  values: Values,
  issuedAt: string,
): { readonly validFrom: string; readonly validUntil: string | undefined } | undefined {
  const { file } = template
  const unread = new Set(values.errors.map(({ claim }) => claim))
  const { validFrom, validUntil, faults } = periodOf(file, { days: values.days, unread, issuedAt })
  for (const { claim, code } of faults) {
    const column = file.columns.find((candidate) => candidate.claim === claim)?.column
    values.errors.push({ ...(column === undefined ? {} : { column }), claim, code })
  }
  return values.errors.length === 0 ? { validFrom, validUntil } : undefined
}

function subjectOf(template: Template, values: Values, id: string): JsonObject {
  const { file, achievement } = template
  const { texts, days, identifiers } = values
  const offset = file.validity.utcOffset
  const credits = texts.get('creditsEarned')
  const start = days.get('activityStartDate') ?? file.activity?.start
  const end = days.get('activityEndDate') ?? file.activity?.end
  return defined({
    ...Object.fromEntries(texts),
    id,
    type: SUBJECT_TYPES,
    achievement,
    birthDate: days.get('birthDate'),
    activityStartDate: start === undefined ? undefined : startOf(start, offset),
    activityEndDate: end === undefined ? undefined : endOf(end, offset),
    creditsEarned: credits === undefined ? file.workload?.ects : Number(credits),
    identifier: identifiers.length === 0 ? undefined : identifiers,
    result: resultsOf(template, values.results),
  })
}

function resultsOf(template: Template, results: Results): readonly Json[] | undefined {
  if (results.length === 0) return undefined
  return results.map(({ key, value }) => ({
    type: RESULT_TYPES,
    resultDescription: resultDescriptionId(template.file, key),
    value,
  }))
}
