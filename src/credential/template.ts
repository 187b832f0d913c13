/** What the credentials of a batch share, read from a strict JSON file; the rows fill in the rest. */

import type { Json, JsonObject } from '../primitives/json.ts'
import { parseShape } from '../primitives/shape.ts'
import { achievementOf } from './achievement.ts'
import { nameOf } from './pointer.ts'
import type { HidablePointer } from './pointer.ts'
import {
  checkAchievement,
  checkColumns,
  checkDays,
  checkResults,
  parseHidable,
} from './template-checks.ts'
import type { ResultOfTemplate } from './columns.ts'
import { TEMPLATE_SCHEMA } from './template-schema.ts'
import type { TemplateFile } from './template-file.ts'

export type Template = {
  /** The file as written, with its defaults filled in. */
  readonly file: TemplateFile
  /** The claims a holder can hide, the same for every row, in the order of the file. */
  readonly hidable: readonly HidablePointer[]
  /** `credentialSubject.achievement`: one object, shared by every credential of the template. */
  readonly achievement: JsonObject
  readonly results: ReadonlyMap<string, ResultOfTemplate>
}

/**
 * Reads a template.
 * @throws FormatError whose field is a JSON Pointer into the file
 */
export function parseTemplate(json: Json): Template {
  const file = parseShape(TEMPLATE_SCHEMA, json)
  checkAchievement(file)
  checkDays(file)
  checkResults(file.results ?? [])
  const hidable = parseHidable(file.hidable)
  const results = new Map((file.results ?? []).map((result) => [result.key, result]))
  checkColumns(file.columns, results, new Set(hidable.map(nameOf)))
  return { file, hidable, achievement: achievementOf(file), results }
}

/**
 * The columns that a file of rows must have: all that the template names. A column may be empty; one that is missing
 * would leave its claim out of every certificate, and nobody would be told.
 */
export function columnsOf(template: Template): ReadonlySet<string> {
  return new Set(template.file.columns.map(({ column }) => column))
}
