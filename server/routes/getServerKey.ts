import { createHash, timingSafeEqual } from 'node:crypto'
import type { RequestHandler } from 'express'
import { base64urlOf, FormatError, parseBase64url, parseCid } from '../../src/index.ts'
import type { RouteContext } from './context.ts'
import { Refusal } from './problems.ts'

const TOKEN_BYTES = 32

/**
 * `GET /k/<cid>`: the server's half of a document's key, against the token that only the holder link gives. A wrong
 * token and a document that is none of ours are answered alike; after erasure there is nothing to give (410).
 */
export function getServerKey({ store }: RouteContext): RequestHandler {
  return async (request, response) => {
    response.setHeader('cache-control', 'no-store')
    const token = parseBearer(request.headers.authorization)
    if (token === undefined) {
      response.setHeader('www-authenticate', 'Bearer')
      throw new Refusal('not-authenticated', 'send the token of the holder link')
    }
    const { text: cid } = parseCid(request.params['cid'], 'cid')
    if ((await store.findTombstone(cid)) !== undefined) {
      throw new Refusal('gone', 'this certificate was erased by its issuer')
    }
    const certificate = await store.findCertificate(cid)
    const given = createHash('sha256').update(token).digest()
    // The comparison is made in any case, so that time does not tell what exists.
    const expected = certificate?.keyAuthHash ?? Buffer.alloc(given.length)
    const isHolder = timingSafeEqual(given, expected)
    if (!isHolder || certificate?.serverKey === undefined) {
      throw new Refusal('not-found', 'there is no such key, or the token is not its own')
    }
    response.type('text/plain').send(base64urlOf(certificate.serverKey))
  }
}

function parseBearer(header: string | undefined): Uint8Array | undefined {
  const text = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(header ?? '')?.[1]
  if (text === undefined) return undefined
  try {
    const token = parseBase64url(text, 'authorization')
    return token.length === TOKEN_BYTES ? token : undefined
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
