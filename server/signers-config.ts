/** The members `signers` and `alarms` of the configuration. */

import { z } from 'zod'
import { ANCHORS_LEFT_ALARM } from './chain/funds.ts'
import { isSignerUrl } from './keys/remote-signer.ts'
import type { SignerConfig, SignerName } from './keys/signers.ts'

/** What signs for a key, where it is not its file. */
export type SignersConfig = Readonly<Partial<Record<SignerName, SignerConfig>>>

const signer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keystore') }),
  z.strictObject({
    kind: z.literal('remote'),
    url: z
      .string()
      .max(2000)
      .refine(isSignerUrl, 'https, or http on loopback; no credential in it'),
  }),
])

export const signersSchema = z
  .strictObject({
    issuer: signer.optional(),
    anchor: signer.optional(),
    status: signer.optional(),
  })
  .default({})

export const alarmsSchema = z
  .strictObject({ anchorsLeft: z.int().min(0).max(1_000_000).default(ANCHORS_LEFT_ALARM) })
  .default({ anchorsLeft: ANCHORS_LEFT_ALARM })

/** Without the members that are not given. */
export function signersIn({
  issuer,
  anchor,
  status,
}: z.infer<typeof signersSchema>): SignersConfig {
  return {
    ...(issuer === undefined ? {} : { issuer }),
    ...(anchor === undefined ? {} : { anchor }),
    ...(status === undefined ? {} : { status }),
  }
}
