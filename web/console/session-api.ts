/** The session of the console, as `/api/v1/session` has it. Each call rejects with a `Problem`. */
import * as z from 'zod'
import { askOnce, NOTHING } from './api.ts'

const PATH = '/api/v1/session'

const SESSION = z.object({
  issuer: z.object({ account: z.string(), name: z.string().nullable() }),
  key: z.object({ id: z.string(), label: z.string(), scopes: z.array(z.string()) }),
  expiresAt: z.string(),
  idleSeconds: z.int(),
})
/** Who is signed in, with which key, and until when at the latest. */
export type Session = Readonly<z.output<typeof SESSION>>

/** Who is signed in; 401 where nobody is. */
export function currentSession(): Promise<Session> {
  return askOnce('GET', PATH, SESSION)
}

/** Exchanges a key for a cookie that no script reads. */
export function exchangeKey(key: string): Promise<Session> {
  return askOnce('POST', PATH, SESSION, { json: { key } })
}

/** The cookie counts no more, in whoever's hands. */
export function endSession(): Promise<undefined> {
  return askOnce('DELETE', PATH, NOTHING)
}
