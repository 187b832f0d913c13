/** The template and a row of `examples/`, and what becomes of them: for tests of rows. */
import { readFileSync } from 'node:fs'
import type { Credential } from '../../src/credential/credential.ts'
import { credentialOf } from '../../src/credential/rows.ts'
import { parseTemplate } from '../../src/credential/template.ts'
import type { Template } from '../../src/credential/template.ts'
import { parseJson, parseJsonText } from '../../src/primitives/json.ts'
import type { Json, JsonObject } from '../../src/primitives/json.ts'
import { IDS } from './arbitraries.ts'

export const EXAMPLE = parseTemplate(
  parseJson(readFileSync(new URL('../../examples/template.json', import.meta.url))),
)
export const ROW = {
  'N° stagiaire': 'A-1',
  Prénom: 'Zoé',
  Nom: 'L’Hôte',
  'Date de naissance': '3/2/1999',
  Courriel: 'zoe@courriel.example',
  'Date du jury': '12/06/2026',
  'Épreuve pratique /20': '15,5',
  'QCM sécurité (%)': '90 %',
  'Assiduité (%)': '100',
  'Travail d’équipe': 'Acquis',
}

export function issued(template: Template, row: ReadonlyMap<string, string>): Credential {
  const outcome = credentialOf(template, row, IDS)
  if ('credential' in outcome) return outcome.credential
  throw new Error(`the row is refused: ${JSON.stringify(outcome.rowErrors)}`)
}

export function subjectOf(credential: JsonObject): JsonObject {
  return credential['credentialSubject'] as JsonObject
}

export function errorsOf(changes: Readonly<Record<string, string>>, template = EXAMPLE): string[] {
  const outcome = credentialOf(template, new Map(Object.entries({ ...ROW, ...changes })), IDS)
  if ('credential' in outcome) return []
  return outcome.rowErrors.map(({ column, claim, code }) => `${column ?? claim}: ${code}`)
}

export function exampleWith(changes: Readonly<Record<string, Json>>): Template {
  const bytes = readFileSync(new URL('../../examples/template.json', import.meta.url), 'utf8')
  return parseTemplate(
    parseJsonText(JSON.stringify({ ...(JSON.parse(bytes) as object), ...changes })),
  )
}
