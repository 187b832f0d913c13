import express from 'express'
import type { RequestHandler } from 'express'
import { MAX_CERTIFICATE_BYTES } from '../../src/index.ts'
import type { RouteContext } from './context.ts'
import { Refusal } from './problems.ts'

const TYPES = ['application/json', 'application/vc', 'application/vc+ld+json']
/** More at a time would only make all of them late. */
const MAX_AT_ONCE = 64

/**
 * `POST /api/v1/verifications`: a certificate's bytes in, a verdict out. A verdict is an answer (200) whatever it says.
 * The body is read raw: the library alone parses it.
 */
export function postVerifications({ verifier }: RouteContext): RequestHandler[] {
  let running = 0
  const read = express.raw({ type: TYPES, limit: MAX_CERTIFICATE_BYTES, inflate: false })
  const judge: RequestHandler = async (request, response) => {
    const body: unknown = request.body
    if (!Buffer.isBuffer(body)) {
      throw new Refusal('unsupported-media-type', `send ${TYPES.join(' or ')}`)
    }
    if (running >= MAX_AT_ONCE) {
      response.setHeader('retry-after', '1')
      throw new Refusal('busy', 'too many verifications at a time')
    }
    running += 1
    try {
      const verdict = await verifier.verdictOn(new Uint8Array(body))
      response.setHeader('cache-control', 'no-store')
      response.json(verdict)
    } finally {
      running -= 1
    }
  }
  return [read, judge]
}
