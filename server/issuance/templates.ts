/** Templates that an issuer keeps: linted when they come, and never changed. */

import { lintTemplate, parseJson, parseTemplate } from '../../src/index.ts'
import type { LintReport } from '../../src/index.ts'
import type { StoredTemplate, TemplatePage, TemplateSummary } from '../storage/templates.ts'
import { IssuingError } from './errors.ts'
import { newId } from './new-id.ts'
import type { IssuingParts } from './parts.ts'

type TemplateParts = Pick<IssuingParts, 'store' | 'issuer' | 'now'>

export type NewTemplateRequest = {
  /** Strict JSON, `template/1`. */
  readonly body: Uint8Array
  /** By default the achievement's name. */
  readonly name?: string | undefined
  /** The version whose place it takes. */
  readonly supersedes?: string | undefined
  readonly by: string
}

export type LintedTemplate = StoredTemplate & { readonly lint: LintReport }

/**
 * Keeps a template under a new random id. One that lacks mandatory elements is kept too, and says so: only issuing asks
 * for them. Throws `FormatError`; `IssuingError` `template-superseded` where the version it follows is not the newest,
 * `not-found`.
 */
export async function putTemplate(
  { store, issuer, now }: TemplateParts,
  { body, name, supersedes, by }: NewTemplateRequest,
): Promise<LintedTemplate> {
  const template = parseTemplate(parseJson(body))
  const lint = lintTemplate(template)
  const id = newId()
  if (supersedes !== undefined) await templateOf({ store, issuer }, supersedes)
  const kept = await store.addTemplate({
    id,
    issuer,
    name: name ?? template.file.achievement.name,
    body,
    isComplete: lint.complete,
    createdAt: now(),
    createdBy: by,
    supersedes,
  })
  if (kept === undefined) {
    throw new IssuingError('template-superseded', `${String(supersedes)} is not the newest version`)
  }
  await store.audit({ at: now(), action: 'template', subject: id, actor: by, issuer })
  return { ...kept, lint }
}

/** Throws `IssuingError` `not-found`, for another issuer's too. */
export async function templateOf(
  { store, issuer }: Pick<TemplateParts, 'store' | 'issuer'>,
  id: string,
): Promise<LintedTemplate> {
  const found = await store.findTemplate(issuer, id)
  if (found === undefined) throw new IssuingError('not-found', 'there is no such template')
  return { ...found, lint: lintTemplate(parseTemplate(parseJson(found.body))) }
}

export function listTemplates(
  { store, issuer }: TemplateParts,
  page: TemplatePage,
): Promise<TemplateSummary[]> {
  return store.listTemplates(issuer, page)
}

/** Nothing is issued with any of its versions any more. Throws `IssuingError` `not-found`. */
export async function archiveTemplate(
  { store, issuer, now }: TemplateParts,
  id: string,
  by: string,
): Promise<void> {
  if (!(await store.archiveTemplate(issuer, id, now()))) {
    throw new IssuingError('not-found', 'there is no such template')
  }
  await store.audit({ at: now(), action: 'archive-template', subject: id, actor: by, issuer })
}

/** The body to issue with. Throws `IssuingError` `not-found`, `template-archived`. */
export async function usableTemplate(
  parts: Pick<TemplateParts, 'store' | 'issuer'>,
  id: string,
): Promise<Uint8Array> {
  const found = await parts.store.findTemplate(parts.issuer, id)
  if (found === undefined) throw new IssuingError('not-found', 'there is no such template')
  if (found.archivedAt === undefined) return found.body
  throw new IssuingError('template-archived', `template ${id} is archived`)
}
