/** Templates as the API has them. */
import * as z from 'zod'
import { parseJsonText } from '../../../src/index.ts'
import type { JsonObject } from '../../../src/index.ts'
import type { Api } from '../api.ts'
import type { PageOf } from '../pages.ts'
import { isObject } from '../../engine/members.ts'

const SUMMARY = z.object({
  id: z.string(),
  series: z.string(),
  version: z.int(),
  name: z.string(),
  isComplete: z.boolean(),
  createdAt: z.string(),
  archivedAt: z.string().nullable(),
  isSuperseded: z.boolean(),
})
export type TemplateSummary = Readonly<z.output<typeof SUMMARY>>

const PAGE = z.object({ templates: z.array(SUMMARY), next: z.string().nullable() })
const TEMPLATE = SUMMARY.extend({ template: z.record(z.string(), z.unknown()) })
const MADE = z.object({ id: z.string() })

export type StoredTemplate = TemplateSummary & { readonly file: JsonObject }

/** Newest first. @param all earlier versions and deleted ones too */
export async function readTemplates(
  api: Api,
  after: string | undefined,
  all: boolean,
  ended: AbortSignal,
): Promise<PageOf<TemplateSummary>> {
  const query = new URLSearchParams({
    limit: '200',
    ...(after === undefined ? {} : { after }),
    ...(all ? { all: 'true' } : {}),
  })
  const { templates, next } = await api.get(`/api/v1/templates?${query.toString()}`, PAGE, ended)
  return { items: templates, next }
}

export async function readTemplate(
  api: Api,
  id: string,
  ended: AbortSignal,
): Promise<StoredTemplate> {
  const found = await api.get(`/api/v1/templates/${encodeURIComponent(id)}`, TEMPLATE, ended)
  const { template, ...summary } = found
  return { ...summary, file: jsonOf(template) }
}

/** @param supersedes the version in whose place it comes */
export async function keepTemplate(
  api: Api,
  file: JsonObject,
  supersedes: string | undefined,
  idempotencyKey: string,
): Promise<string> {
  const query = supersedes === undefined ? '' : `?${new URLSearchParams({ supersedes }).toString()}`
  const body = JSON.stringify(file)
  const { id } = await api.send('POST', `/api/v1/templates${query}`, MADE, {
    body,
    type: 'application/json',
    idempotencyKey,
  })
  return id
}

export async function deleteTemplate(api: Api, id: string): Promise<void> {
  await api.send('DELETE', `/api/v1/templates/${encodeURIComponent(id)}`, z.undefined())
}

/** What is JSON already, as the type of it. */
function jsonOf(value: unknown): JsonObject {
  const json = parseJsonText(JSON.stringify(value))
  return isObject(json) ? json : {}
}
