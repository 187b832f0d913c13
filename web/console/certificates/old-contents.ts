/** What a correction starts from: the template, and what stands in the certificate now. */
import * as z from 'zod'
import { parseCertificate, parseJsonText, parseTemplate, utf8 } from '../../../src/index.ts'
import type { Certificate, Template } from '../../../src/index.ts'
import { useLoaded } from '../load.ts'
import type { Loaded } from '../load.ts'
import { useApi, useSession } from '../session.tsx'
import { CONTENTS } from './answers.ts'
import type { Batch, View } from './answers.ts'
import { oldRowOf } from './old-row.ts'

const SUMMARY = z.object({
  id: z.string(),
  series: z.string(),
  version: z.int(),
  name: z.string(),
  isComplete: z.boolean(),
  archivedAt: z.string().nullable(),
})
const TEMPLATES = z.object({ templates: z.array(SUMMARY) })
const TEMPLATE = z.object({ template: z.record(z.string(), z.unknown()) })
export type TemplateSummary = Readonly<z.output<typeof SUMMARY>>

const MOST = 200

/** Those that issue, all versions of them: a certificate may be of an earlier one. */
export function useTemplates(): Loaded<readonly TemplateSummary[]> {
  const api = useApi()
  return useLoaded(async (ended) => {
    const path = `/api/v1/templates?all=true&limit=${MOST}`
    const { templates } = await api.get(path, TEMPLATES, ended)
    return templates.filter(({ archivedAt }) => archivedAt === null)
  }, [])
}

export function useTemplate(id: string | undefined): Loaded<Template | undefined> {
  const api = useApi()
  return useLoaded(
    async (ended) => {
      if (id === undefined) return undefined
      const { template } = await api.get(`/api/v1/templates/${id}`, TEMPLATE, ended)
      return parseTemplate(parseJsonText(JSON.stringify(template)))
    },
    [id],
  )
}

/** Undefined for a key that may not read what links open; what was read is noted in the audit log. */
export function useContents(cid: string): Loaded<Certificate | undefined> {
  const { api, may } = useSession()
  const isRead = may('links:read')
  return useLoaded(
    async (ended) => {
      if (!isRead) return undefined
      const path = `/api/v1/certificates/${encodeURIComponent(cid)}/contents`
      const { certificate } = await api.get(path, CONTENTS, ended)
      return parseCertificate(utf8(certificate))
    },
    [cid, isRead],
  )
}

/** The template of its batch, or one of the same name; undefined where nothing points to one. */
export function likelyTemplate(
  templates: readonly TemplateSummary[],
  batch: Batch | undefined,
  certificate: Certificate | undefined,
): TemplateSummary | undefined {
  const own = templates.find(({ id }) => id === batch?.templateId)
  const name = certificate?.credential['name']
  return own ?? templates.find((one) => one.name === name)
}

/** Where the certificate may not be read, what finds its learner is all that is known. */
export function knownRow(
  template: Template,
  certificate: Certificate | undefined,
  { learner }: View,
): ReadonlyMap<string, string> {
  if (certificate !== undefined) return oldRowOf(template, certificate.credential)
  const known = new Map<string, string | undefined>([
    ['email', learner?.email],
    ['identifier', learner?.externalId],
  ])
  return new Map(template.file.columns.map(({ column, claim }) => [column, known.get(claim) ?? '']))
}
