/** The member `mail` of `inaltera.json`: the mail server that hands links to learners. */

import { z } from 'zod'
import { LANGUAGES } from '../src/index.ts'
import type { Language } from '../src/index.ts'
import { ConfigError } from './config-error.ts'
import { isAddress } from './mail/letter.ts'

export type MailConfig = {
  readonly host: string
  readonly port: number
  /** `none` is for a mail server on this machine. */
  readonly tls: 'implicit' | 'starttls' | 'none'
  /** Its password comes from the environment alone. */
  readonly user: string | undefined
  readonly from: string
  readonly replyTo: string | undefined
  readonly language: Language
}

/** The password of `/mail/user`, which no file holds. */
export const SMTP_PASSWORD = 'INALTERA_SMTP_PASSWORD'

export const mailSchema = z
  .strictObject({
    host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/),
    port: z.int().min(1).max(65_535),
    tls: z.enum(['implicit', 'starttls', 'none']).default('starttls'),
    user: z.string().min(1).max(320).optional(),
    from: z.string().refine(isAddress),
    replyTo: z.string().refine(isAddress).optional(),
    language: z.enum(LANGUAGES).default('fr'),
  })
  .optional()

/** Throws `ConfigError` where letters would travel in the clear. */
export function mailOf({
  user,
  replyTo,
  ...rest
}: Omit<MailConfig, 'user' | 'replyTo'> & {
  readonly user?: string | undefined
  readonly replyTo?: string | undefined
}): MailConfig {
  const isHere = /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(rest.host)
  if (rest.tls === 'none' && !isHere) {
    const message = `links go encrypted to a mail server that is not on this machine`
    throw new ConfigError('invalid', '/mail/tls', message)
  }
  return { ...rest, user, replyTo }
}
