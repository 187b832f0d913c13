/**
 * `Idempotency-Key`: a request that creates, sent again with the same key, is answered as the first time for a day. The
 * store has tags under the master key of key and request, and a reply of ids.
 */

import { createHash, randomUUID } from 'node:crypto'
import { equalBytes } from '../../src/index.ts'
import type { Begun, RequestStore } from '../storage/requests.ts'
import type { Intake } from './body.ts'
import { Refusal } from './problems.ts'
import { json } from './reply.ts'
import type { Reply } from './reply.ts'

/** A keyed hash (`Vault.tag`) under an issuer's master key, without which it says nothing. */
export type TagOf = (issuer: string, text: string, kind: string) => Promise<Uint8Array>

const KEEP_MS = 24 * 60 * 60_000
/** After a process died, its requests may be tried again. */
const LEASE_MS = 60_000
const AGAIN_SECONDS = 2

type Parts = {
  readonly store: RequestStore
  readonly now: () => number
  /** Undefined on a server without the passphrase. */
  readonly tagOf: TagOf | undefined
}

/** Throws `Refusal` where there is no key, or none of 1 to 255 visible ASCII characters. */
export function parseIdempotencyKey(header: string | string[] | undefined): string {
  if (header === undefined) {
    throw new Refusal(
      'idempotency-key-missing',
      'send a header Idempotency-Key, new for each request',
    )
  }
  // RFC 8941 has it as a string in quotes; most clients send it bare.
  const text = typeof header === 'string' ? /^"?([!#-~]{1,255})"?$/.exec(header)?.[1] : undefined
  if (text === undefined) {
    throw new Refusal('bad-request', 'Idempotency-Key has 1 to 255 visible ASCII characters')
  }
  return text
}

/**
 * Runs `work` once for the key. `place` is all of the request but its body: method, path, query. Only an answer that
 * succeeded is kept; one that was refused changed nothing and may be sent again.
 */
export async function once(
  { store, now, tagOf }: Parts,
  request: { readonly issuer: string; readonly key: string; readonly place: string },
  intake: Intake,
  work: () => Promise<Reply>,
): Promise<Reply> {
  if (tagOf === undefined) throw new Refusal('locked', 'this server runs without its passphrase')
  const digest = (): Promise<Uint8Array> => {
    const whole = createHash('sha256')
      .update(request.place)
      .update('\u0000')
      .update(intake.digest())
    return tagOf(request.issuer, whole.digest('hex'), 'request')
  }
  const key = await tagOf(request.issuer, request.key, 'request-key')
  const name = { issuer: request.issuer, key, owner: randomUUID() }
  const at = now()
  const begun = await store.beginRequest({
    ...name,
    now: at,
    until: at + LEASE_MS,
    keepUntil: at + KEEP_MS,
  })
  if (begun.kind !== 'new') return again(begun, intake, digest)
  try {
    const reply = await work()
    if (reply.kind !== 'json' || reply.status >= 300) {
      await store.dropRequest(name)
      return reply
    }
    const kept = { digest: await digest(), status: reply.status, reply: JSON.stringify(reply.json) }
    await store.finishRequest({ ...name, ...kept })
    return reply
  } catch (error) {
    await store.dropRequest(name)
    throw error
  }
}

async function again(
  begun: Exclude<Begun, { kind: 'new' }>,
  intake: Intake,
  digest: () => Promise<Uint8Array>,
): Promise<Reply> {
  if (begun.kind === 'running') {
    throw new Refusal('request-in-progress', 'this request is being worked on', AGAIN_SECONDS)
  }
  await intake.drain()
  if (!equalBytes(await digest(), begun.digest)) {
    throw new Refusal('idempotency-conflict', 'this Idempotency-Key was used for another request')
  }
  const reply: unknown = JSON.parse(begun.reply)
  return json(reply, begun.status, { 'idempotent-replayed': 'true' })
}
