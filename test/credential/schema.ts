/** 1EdTech's schema of an Open Badges credential, and the stricter reading of it that lists stay lists. */
import { readFileSync } from 'node:fs'
import { Ajv2019 } from 'ajv/dist/2019.js'
import * as formats from 'ajv-formats'
import { canonicalText } from '../../src/primitives/json.ts'
import type { Json, JsonObject } from '../../src/primitives/json.ts'

const SCHEMA = new URL('../schemas/ob_v3p0_achievementcredential_schema.json', import.meta.url)

const ajv = new Ajv2019({ strict: false, allErrors: true })
formats.default.default(ajv)
const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object)

/** What the schema has against a credential; nothing if it is valid. */
export function schemaErrors(credential: JsonObject): readonly string[] {
  const copy: unknown = JSON.parse(canonicalText(credential))
  if (validate(copy)) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
  )
}

/** The members that the formal schema wants as lists even of one. */
const LISTS: ReadonlySet<string> = new Set([
  'alignment',
  'allowedValue',
  'credentialSchema',
  'identifier',
  'otherIdentifier',
  'result',
  'resultDescription',
  'tag',
])

/** Members that the formal schema, unlike the adapted one, refuses as single values. */
export function singleValues(json: Json, at = ''): readonly string[] {
  if (Array.isArray(json)) {
    const items: readonly Json[] = json
    return items.flatMap((item, i) => singleValues(item, `${at}/${i}`))
  }
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json as JsonObject).flatMap(([name, value]) => {
    // An identifier entry has a text called `identifier`, a result one called `resultDescription`.
    const isText = ['identifier', 'resultDescription'].includes(name) && typeof value === 'string'
    const list = LISTS.has(name) && !isText
    const wrong = list && !Array.isArray(value) ? [`${at}/${name}`] : []
    return value === undefined ? [] : [...wrong, ...singleValues(value, `${at}/${name}`)]
  })
}
