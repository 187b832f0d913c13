/**
 * An issuer's profile: `profile/1` (SPEC section 11) made of what the console sends. The bytes stay as they are until
 * the next change, since their SHA-256 may stand on chain; identifiers once listed are never removed, since certificates
 * rest on them.
 */

import { createHash } from 'node:crypto'
import {
  canonicalBytes,
  FormatError,
  holdsInvisible,
  parseJson,
  parseProfile,
  utf8,
} from '../../src/index.ts'
import type { Profile } from '../../src/index.ts'
import type { AuditStore } from '../storage/audit.ts'
import type { Logo, ProfileStore, StoredProfile } from '../storage/profiles.ts'
import { parseLogo } from './logo.ts'

export type ProfileRequest = {
  readonly name: string
  /** Of its own pages, https. */
  readonly url?: string | undefined
  readonly colours?: { readonly accent: string } | undefined
  /** A data URL; null takes the logo away; without it, the logo stays. */
  readonly logo?: string | null | undefined
  /** The number of its page on LinkedIn. */
  readonly linkedIn?: string | undefined
  /** Further ones; those before stay. */
  readonly identifiers?: readonly string[] | undefined
}

type Who = {
  readonly issuer: string
  /** CAIP-10. */
  readonly account: string
  /** Id of the API key that asks. */
  readonly by: string
}

type Parts = {
  readonly store: ProfileStore & Pick<AuditStore, 'audit'>
  readonly now: () => number
  readonly publicUrl: string
}

/** Throws `FormatError` for what no profile can hold. */
export async function setProfile(
  { store, now, publicUrl }: Parts,
  { issuer, account, by }: Who,
  request: ProfileRequest,
): Promise<StoredProfile> {
  const given = typeof request.logo === 'string' ? parseLogo(request.logo, 'body/logo') : undefined
  checkWords(request)
  const updatedAt = now()
  const made = await store.changeProfile(issuer, (standing) => {
    const logo = request.logo === undefined ? standing?.logo : given
    const known = standing === undefined ? [] : readProfile(standing).identifiers
    const identifiers = [...new Set([...known, ...(request.identifiers ?? [])])]
    const image = logo && `${publicUrl}${logoPathOf(account, logo)}`
    const record = recordOf(account, request, identifiers, image)
    return { issuer, record, logo, linkedIn: request.linkedIn, updatedAt }
  })
  await store.audit({ at: updatedAt, action: 'set-profile', subject: account, actor: by, issuer })
  return made
}

export function readProfile({ record }: StoredProfile): Profile {
  return parseProfile(record)
}

/** As a registry holds it: `0x` and 64 digits. */
export function digestOf(bytes: Uint8Array): string {
  return `0x${createHash('sha256').update(bytes).digest('hex')}`
}

/** Named for its bytes, so that the profile's digest covers the picture. */
export function logoPathOf(account: string, { bytes }: Logo): string {
  return `/api/v1/issuers/${account}/logos/${digestOf(bytes)}`
}

function recordOf(
  account: string,
  { name, url, colours }: ProfileRequest,
  identifiers: readonly string[],
  image: string | undefined,
): Uint8Array {
  const bytes = utf8(
    JSON.stringify({
      inaltera: 'profile/1',
      account,
      name,
      identifiers,
      ...(url === undefined ? {} : { url }),
      ...(image === undefined ? {} : { image }),
      ...(colours === undefined ? {} : { colours: [colours.accent] }),
    }),
  )
  parseProfile(bytes)
  return canonicalBytes(parseJson(bytes))
}

/** What would not read as it is written. */
function checkWords({ name, url, identifiers = [] }: ProfileRequest): void {
  for (const [field, text] of [
    ['body/name', name],
    ...identifiers.map((one, i) => [`body/identifiers/${i}`, one] as const),
  ] as const) {
    if (text.trim() === '' || holdsInvisible(text) || /\p{Cc}/u.test(text)) {
      throw new FormatError(
        'wrong-value',
        field,
        `${field}: it is blank, or holds what does not show`,
      )
    }
  }
  const parsed = url === undefined ? undefined : URL.parse(url)
  const isFair = parsed?.protocol === 'https:' && parsed.username === '' && parsed.password === ''
  if (url === undefined || isFair) return
  throw new FormatError('wrong-value', 'body/url', 'body/url: an address of https')
}
