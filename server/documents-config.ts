/** The member `documents` of `inaltera.json`: blocks on this server's disk, or in a Kubo that servers share. */

import { z } from 'zod'
import { ConfigError } from './config-error.ts'
import { checkKubo } from './ipfs/kubo.ts'

export type DocumentsConfig =
  | { readonly kind: 'disk' }
  /** `authorization` is the whole header; no message quotes it. */
  | { readonly kind: 'kubo'; readonly url: string; readonly authorization?: string }

/** Takes the place of `/documents/authorization`, so that no file need hold the credential. */
export const KUBO_AUTHORIZATION = 'INALTERA_KUBO_AUTHORIZATION'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/
const CREDENTIAL = /^(Basic|Bearer) [\x21-\x7e]{1,2000}$/
const text = z.string().max(2100)

export const documentsSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('disk') }),
    z.strictObject({
      kind: z.literal('kubo'),
      url: z.url({ protocol: /^https?$/ }).max(2000),
      authorization: text.optional(),
    }),
  ])
  .default({ kind: 'disk' })

/**
 * Whoever reaches Kubo's RPC owns that Kubo, so one that others could reach must ask who calls. Throws `ConfigError`
 * naming the member or the variable; `from` is where the URL was read.
 */
export function documentsOf(
  documents: z.output<typeof documentsSchema>,
  variable = process.env[KUBO_AUTHORIZATION],
  from = '/documents/url',
): DocumentsConfig {
  if (documents.kind === 'disk') return { kind: 'disk' }
  const { kind, url } = documents
  const { hostname, username, password, search, hash } = new URL(url)
  if (username !== '' || password !== '' || search !== '' || hash !== '') {
    throw new ConfigError(
      'invalid',
      from,
      `a URL without name, password, query or fragment; a credential goes into ${KUBO_AUTHORIZATION}`,
    )
  }
  const isFromVariable = variable !== undefined && variable !== ''
  const authorization = isFromVariable ? variable : documents.authorization
  if (authorization !== undefined && !CREDENTIAL.test(authorization)) {
    const member = isFromVariable ? KUBO_AUTHORIZATION : '/documents/authorization'
    throw new ConfigError('invalid', member, `${member} is not "Basic …" or "Bearer …"`)
  }
  if (authorization === undefined && !LOOPBACK.test(hostname)) {
    throw new ConfigError(
      'invalid',
      from,
      `Kubo's RPC at ${hostname} is not on this machine, and there is no authorization for it`,
    )
  }
  return { kind, url, ...(authorization === undefined ? {} : { authorization }) }
}

/** For a folder that is to be made: the address is one that can be opened, and a Kubo answers there. */
export async function checkDocuments(
  documents: { readonly kind: 'kubo'; readonly url: string } | undefined,
): Promise<void> {
  if (documents === undefined) return
  if (!URL.canParse(documents.url) || !/^https?:/.test(documents.url)) {
    throw new ConfigError('invalid', '--documents', 'the address of Kubo is no http or https URL')
  }
  const checked = documentsOf(documents, undefined, '--documents')
  if (checked.kind === 'kubo') await checkKubo(checked)
}
