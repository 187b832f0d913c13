/** What anyone may know of an issuer of this server. */

import { z } from 'zod'
import { Refusal } from '../http/problems.ts'
import type { ServedIssuer } from '../issuer.ts'
import { IssuingError } from '../issuance/errors.ts'
import { printLogo } from '../profile/logo.ts'
import { digestOf, readProfile } from '../profile/profile.ts'
import type { StoredProfile } from '../storage/profiles.ts'
import type { RouteContext } from './context.ts'
import { moment, printMoment } from './moment.ts'

export const account = z
  .string()
  .regex(/^eip155:[1-9]\d{0,30}:0x[0-9a-f]{40}$/)
  .meta({ description: 'CAIP-10' })
export const accountParams = z.strictObject({ account })
export const digest = z.string().regex(/^0x[0-9a-f]{64}$/)

/** LinkedIn counts its organisations from 1. */
export const linkedIn = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .meta({
    description: 'The number of its page on LinkedIn, by which certificates are added there',
  })

export const issuerSchema = z
  .strictObject({
    account,
    name: z.string().nullable().meta({ description: 'As the policy of this server has it' }),
    profile: z
      .strictObject({
        name: z.string(),
        url: z.string().nullable(),
        colours: z.strictObject({ accent: z.string().nullable() }),
        identifiers: z.array(z.string()),
        logo: z.string().nullable().meta({ description: 'A data URL: PNG or SVG' }),
        linkedIn: linkedIn.nullable(),
        digest: digest.meta({ description: 'SHA-256 of the record as it is served' }),
        updatedAt: moment,
      })
      .nullable()
      .meta({ description: 'What the issuer says of itself; null: nothing' }),
  })
  .meta({ id: 'Issuer', title: 'An issuer of this server' })

/** Throws `Refusal` `not-found` for a stranger. */
export function issuerNamed(
  { as }: Pick<RouteContext, 'as'>,
  wanted: string,
  actor = 'nobody',
): ServedIssuer {
  try {
    return as(wanted, actor)
  } catch (error) {
    if (!(error instanceof IssuingError)) throw error
    throw new Refusal('not-found', 'this server has no such issuer')
  }
}

export function printIssuer(
  account: string,
  name: string | undefined,
  stored: StoredProfile | undefined,
): z.output<typeof issuerSchema> {
  return { account, name: name ?? null, profile: stored ? printProfile(stored) : null }
}

function printProfile(
  stored: StoredProfile,
): NonNullable<z.output<typeof issuerSchema>['profile']> {
  const { name, url, colours, identifiers } = readProfile(stored)
  return {
    name,
    url: url ?? null,
    colours: { accent: colours?.[0] ?? null },
    identifiers: [...identifiers],
    logo: stored.logo === undefined ? null : printLogo(stored.logo),
    linkedIn: stored.linkedIn ?? null,
    digest: digestOf(stored.record),
    updatedAt: printMoment(stored.updatedAt),
  }
}
