/** Templates as the API shows them. */

import { z } from 'zod'
import type { LintReport } from '../../src/index.ts'
import type { LintedTemplate } from '../issuance/templates.ts'
import type { TemplateSummary } from '../storage/templates.ts'
import { moment, printMoment } from './moment.ts'
import { objectId } from './names.ts'

export const templateParams = z.strictObject({ templateId: objectId })
export const MAX_TEMPLATE_BYTES = 256 * 1024
const MAX_NAME = 300

export const templateName = z.string().min(1).max(MAX_NAME)

const summary = {
  id: objectId,
  series: objectId.meta({ description: 'Id of the first version' }),
  version: z.int(),
  name: z.string(),
  isComplete: z.boolean().meta({ description: 'Every mandatory element is there' }),
  createdAt: moment,
  createdBy: z.string().nullable(),
  archivedAt: moment.nullable(),
  isSuperseded: z.boolean(),
}

export const summarySchema = z
  .strictObject(summary)
  .meta({ id: 'TemplateSummary', title: 'A version of a template' })

const score = z.strictObject({ reached: z.int(), of: z.int() })
const element = z.strictObject({ code: z.string(), place: z.string(), present: z.boolean() })

/** How a template stands beside the elements of the European recommendation and the three criteria. */
export const lintSchema = z
  .strictObject({
    complete: z.boolean(),
    mandatory: z.array(element),
    optional: z.array(element),
    criteria: z.array(
      z.strictObject({ code: z.string(), met: z.boolean(), lacking: z.array(z.string()) }),
    ),
    questions: z.array(
      z.strictObject({ code: z.string(), place: z.string(), about: z.string().optional() }),
    ),
    score: z.strictObject({ mandatory: score, optional: score, criteria: score }),
  })
  .meta({ id: 'Lint', title: 'What a template has and lacks' })

export const templateSchema = z
  .strictObject({
    ...summary,
    lint: lintSchema,
    template: z.record(z.string(), z.unknown()).meta({ description: 'The file, template/1' }),
  })
  .meta({ id: 'Template', title: 'A template' })

export function printSummary(one: TemplateSummary): z.output<typeof summarySchema> {
  const { id, series, version, name, isComplete, isSuperseded } = one
  return {
    id,
    series,
    version,
    name,
    isComplete,
    createdAt: printMoment(one.createdAt),
    createdBy: one.createdBy ?? null,
    archivedAt: one.archivedAt === undefined ? null : printMoment(one.archivedAt),
    isSuperseded,
  }
}

export function printTemplate(one: LintedTemplate): z.output<typeof templateSchema> {
  const template: unknown = JSON.parse(Buffer.from(one.body).toString('utf8'))
  return {
    ...printSummary(one),
    lint: printLint(one.lint),
    template: z.record(z.string(), z.unknown()).parse(template),
  }
}

export function printLint(lint: LintReport): z.output<typeof lintSchema> {
  return lintSchema.parse(lint)
}
