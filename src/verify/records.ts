import * as z from 'zod'
import { parseAccount } from '../primitives/account.ts'
import { hexOf, parseBase64url } from '../primitives/bytes.ts'
import type { Hash32 } from '../primitives/bytes.ts'
import { FormatError } from '../primitives/errors.ts'
import { sha256 } from '../primitives/hash.ts'
import { parseJson } from '../primitives/json.ts'
import { parseShape } from '../primitives/shape.ts'
import { headlineName } from './names.ts'

/** An issuer's public record of itself, bound by the digest it holds on chain (DESIGN section 2, Records). */
export interface Profile {
  readonly inaltera: 'profile/1'
  readonly account: string
  readonly name: string
  readonly identifiers: readonly string[]
  readonly url?: string | undefined
  readonly image?: string | undefined
  readonly colours?: readonly string[] | undefined
}

/** What an accreditor says of an issuer, bound likewise. */
export interface AccreditationRecord {
  readonly inaltera: 'accreditation/1'
  readonly accreditor: string
  readonly issuer: string
  readonly name: string
  readonly scope?: string | undefined
}

const text = z.string().min(1).max(2_000)

const profileSchema: z.ZodType<Profile> = z.strictObject({
  inaltera: z.literal('profile/1'),
  account: text,
  name: text,
  identifiers: z.array(text).max(1_000),
  url: text.optional(),
  image: text.optional(),
  colours: z.array(text).max(8).optional(),
})

const accreditationSchema: z.ZodType<AccreditationRecord> = z.strictObject({
  inaltera: z.literal('accreditation/1'),
  accreditor: text,
  issuer: text,
  // It may stand in a headline.
  name: headlineName,
  scope: text.optional(),
})

/** Reads a profile. @throws FormatError */
export function parseProfile(bytes: Uint8Array): Profile {
  const profile = parseShape(profileSchema, parseJson(bytes))
  parseAccount(profile.account, '/account')
  return profile
}

/** Reads an accreditation record. @throws FormatError */
export function parseAccreditationRecord(bytes: Uint8Array): AccreditationRecord {
  const record = parseShape(accreditationSchema, parseJson(bytes))
  parseAccount(record.accreditor, '/accreditor')
  parseAccount(record.issuer, '/issuer')
  return record
}

/** A record whose served bytes hash to the digest on chain; others, and those that do not parse, are absent. */
export function boundRecord<T>(
  served: string | null,
  digest: Hash32,
  parse: (bytes: Uint8Array) => T,
): T | undefined {
  if (served === null) return undefined
  try {
    const bytes = parseBase64url(served, '')
    return hexOf(sha256(bytes)) === digest ? parse(bytes) : undefined
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
