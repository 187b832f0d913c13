/** Signatures of webhooks as Standard Webhooks has them (https://www.standardwebhooks.com, "Signature scheme"). */

import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

export function newSecret(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`
}

export type WebhookMessage = {
  readonly id: string
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly payload: string
}

/** `v1,` and base64 of HMAC-SHA-256 over `<id>.<timestamp>.<payload>`; the secret's bytes are behind `whsec_`. */
export function signatureOf(secret: string, { id, timestamp, payload }: WebhookMessage): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  const signed = createHmac('sha256', key).update(`${id}.${timestamp}.${payload}`)
  return `v1,${signed.digest('base64')}`
}
