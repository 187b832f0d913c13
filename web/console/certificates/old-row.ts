/** A certificate read back as the row of its template: what a correction starts from. */
import { subjectOf } from '../../../src/index.ts'
import type { Credential, Json, JsonObject, Template } from '../../../src/index.ts'

type Column = Template['file']['columns'][number]

/** The cell of each column, as somebody would write it; empty where the certificate says nothing of it. */
export function oldRowOf(template: Template, credential: Credential): ReadonlyMap<string, string> {
  const subject = subjectOf(credential)
  const taken = new Set<Json>()
  return new Map(
    template.file.columns.map((column) => [
      column.column,
      cellOf(template, column, { credential, subject, taken }),
    ]),
  )
}

type Read = {
  readonly credential: JsonObject
  readonly subject: JsonObject
  /** Identifiers that an earlier column of the same type shows. */
  readonly taken: Set<Json>
}

function cellOf(template: Template, column: Column, read: Read): string {
  const { credential, subject } = read
  switch (column.claim) {
    case 'validFrom':
    case 'validUntil':
    case 'awardedDate':
      return dayIn(credential[column.claim], column.format)
    case 'birthDate':
    case 'activityStartDate':
    case 'activityEndDate':
      return dayIn(subject[column.claim], column.format)
    case 'identifier':
      return identifierOf(column.identityType, read)
    case 'result':
      return resultOf(template, column.result, subject)
    default:
      return textOf(subject[column.claim])
  }
}

/** A day in the format of its column; the day is the one that the certificate's own offset makes it. */
function dayIn(value: Json | undefined, format: string): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})/.exec(textOf(value)) ?? []
  if (year === '') return ''
  switch (format) {
    case 'dd/mm/yyyy':
      return `${day}/${month}/${year}`
    case 'mm/dd/yyyy':
      return `${month}/${day}/${year}`
    case 'dd.mm.yyyy':
      return `${day}.${month}.${year}`
    default:
      return `${year}-${month}-${day}`
  }
}

function identifierOf(type: string, { subject, taken }: Read): string {
  const found = listOf(subject['identifier']).find(
    (one) => !taken.has(one) && memberOf(one, 'identityType') === type,
  )
  if (found === undefined) return ''
  taken.add(found)
  return textOf(memberOf(found, 'identityHash'))
}

/** The key of a result ends the identifier of its description (`#result-<key>`), whatever stands before it. */
function resultOf(template: Template, key: string, subject: JsonObject): string {
  const found = listOf(subject['result']).find((one) =>
    new RegExp(`[#-]result-${key}$`).test(textOf(memberOf(one, 'resultDescription'))),
  )
  const value = textOf(memberOf(found, 'value'))
  const isPercent = template.results.get(key)?.type === 'Percent'
  return value !== '' && isPercent ? `${value} %` : value
}

function listOf(value: Json | undefined): readonly Json[] {
  if (!Array.isArray(value)) return []
  const list: readonly Json[] = value
  return list
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
