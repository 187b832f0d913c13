/**
 * The `@context` lists that a credential may carry, whole and in order, and the digest of each context's bytes. Nothing
 * is fetched: a list that is not here does not parse, so that no context can change what a term means.
 */

import { FormatError } from '../primitives/errors.ts'
import type { Json } from '../primitives/json.ts'
import { INALTERA_CONTEXT_TEXT } from './context-v1.ts'

export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2'
export const OPEN_BADGES_V3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
export const OPEN_BADGES_EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
export const INALTERA_V1 = 'https://w3id.org/inaltera/v1'

/** Our own context: its URL and its bytes (UTF-8 of `text`), fixed for ever. */
export const INALTERA_CONTEXT = { url: INALTERA_V1, text: INALTERA_CONTEXT_TEXT } as const

/** SHA-256 of each context's bytes; `contexts/README.md` says where the bytes come from. */
export const CONTEXT_DIGESTS = {
  // Normative: W3C Verifiable Credentials Data Model 2.0, appendix B.1.
  [CREDENTIALS_V2]: '0x59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734',
  [OPEN_BADGES_V3]: '0x3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84',
  [OPEN_BADGES_EXTENSIONS]: '0x87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93',
  [INALTERA_V1]: '0x45c710691e06d10b816d13afa7f2269127d53971b47f0b18addb681a99cce23f',
} as const

/** SHA-256 of a context's bytes by its URL; `undefined` for one that is not pinned. */
export function digestOfContext(url: string): string | undefined {
  return (Object.entries(CONTEXT_DIGESTS) as [string, string][]).find(
    ([known]) => known === url,
  )?.[1]
}

/** What our own templates write: Open Badges needs its two first places, `extensions.json` defines `credentialSchema`'s type. */
export const TEMPLATE_CONTEXTS = [
  CREDENTIALS_V2,
  OPEN_BADGES_V3,
  OPEN_BADGES_EXTENSIONS,
  INALTERA_V1,
] as const

/** Every list accepted; a verifier of later days accepts these and perhaps more. */
export const CONTEXT_LISTS: readonly (readonly string[])[] = [
  TEMPLATE_CONTEXTS,
  [CREDENTIALS_V2, OPEN_BADGES_V3, INALTERA_V1],
  [CREDENTIALS_V2, OPEN_BADGES_V3, OPEN_BADGES_EXTENSIONS],
  [CREDENTIALS_V2, OPEN_BADGES_V3],
]

/** Refuses an `@context` that is not exactly one of the pinned lists: FormatError `bad-context`. */
export function checkContexts(json: Json | undefined, field: string): void {
  const known = CONTEXT_LISTS.some(
    (list) =>
      Array.isArray(json) && json.length === list.length && list.every((url, i) => json[i] === url),
  )
  if (known) return
  throw new FormatError('bad-context', field, `${field} is none of the pinned lists of contexts`)
}
