/** Templates as an issuer keeps them: versions that never change, each superseding the one before. */

export type StoredTemplate = {
  /** Of this version. */
  readonly id: string
  readonly issuer: string
  /** The id of the first version, the same for all. */
  readonly series: string
  /** From 1. */
  readonly version: number
  readonly name: string
  /** The file's bytes, strict JSON, as given. */
  readonly body: Uint8Array
  /** Whether it has every mandatory element of the EU recommendation. */
  readonly isComplete: boolean
  readonly createdAt: number
  readonly createdBy: string | undefined
  /** Archived versions stay readable and issue nothing. */
  readonly archivedAt: number | undefined
  /** Whether a later version stands. */
  readonly isSuperseded: boolean
}

export type NewTemplate = Pick<
  StoredTemplate,
  'id' | 'issuer' | 'name' | 'body' | 'isComplete' | 'createdAt' | 'createdBy'
> & {
  /** The version, the newest of its series, whose place it takes. */
  readonly supersedes: string | undefined
}

export type TemplateSummary = Omit<StoredTemplate, 'body'>

export type TemplatePage = {
  readonly limit: number
  /** The last of the page before. */
  readonly after?: { readonly createdAt: number; readonly id: string }
  /** Also what is archived or superseded. */
  readonly all?: boolean
}

export type TemplateStore = {
  /** Undefined where what it supersedes is not this issuer's, or not the newest of its series any more. */
  addTemplate(template: NewTemplate): Promise<StoredTemplate | undefined>
  /** Undefined for another issuer's. */
  findTemplate(issuer: string, id: string): Promise<StoredTemplate | undefined>
  /** One issuer's, newest first. */
  listTemplates(issuer: string, page: TemplatePage): Promise<TemplateSummary[]>
  /** Every version of its series; the first time stays. False for another issuer's. */
  archiveTemplate(issuer: string, id: string, at: number): Promise<boolean>
}
