/**
 * The console's cookie, and what a request that brings it must show besides: a browser sends the cookie of itself,
 * whoever made it ask. `__Host-` ties the cookie to one host over TLS (RFC 6265bis, section 4.1.3.2); the header is one
 * that no other origin can send unasked.
 */

import type { IncomingHttpHeaders } from 'node:http'
import type { Request } from 'express'
import { Refusal } from './problems.ts'

export const CONSOLE_COOKIE = '__Host-inaltera'
export const CONSOLE_HEADER = 'x-inaltera-console'

const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict'

/** Without `Max-Age`: it goes with the browser's session, and its token counts no longer than the server says. */
export function cookieOf(token: string): string {
  return `${CONSOLE_COOKIE}=${token}; ${ATTRIBUTES}`
}

export const NO_COOKIE = `${CONSOLE_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`

/** Undefined where there is none, or more than one. */
export function tokenOfCookie({ cookie = '' }: IncomingHttpHeaders): string | undefined {
  const values = cookie
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${CONSOLE_COOKIE}=`))
    .map((pair) => pair.slice(CONSOLE_COOKIE.length + 1))
  return values.length === 1 ? values[0] : undefined
}

/**
 * Throws `Refusal` `not-from-console` for what another origin may have had sent: where the browser says whence it comes,
 * that must be here; and what is not only read must carry `x-inaltera-console: 1`. `publicUrl` is the server's own.
 */
export function refuseForeign(
  request: Pick<Request, 'headers' | 'method' | 'host'>,
  publicUrl: string,
): void {
  const { headers, method } = request
  const isRead = method === 'GET' || method === 'HEAD'
  const site = headers['sec-fetch-site']
  // `none`: typed, or opened from a bookmark.
  const isHere = site === undefined || site === 'same-origin' || (site === 'none' && isRead)
  if (!isHere || !isOwnOrigin(request, publicUrl)) {
    throw new Refusal('not-from-console', 'this was sent by another site')
  }
  if (!isRead && headers[CONSOLE_HEADER] !== '1') {
    throw new Refusal('not-from-console', `send ${CONSOLE_HEADER}: 1`)
  }
}

/**
 * Throws `Refusal` `insecure` where the cookie would go over a network in clear. TLS may end at a proxy that is not
 * trusted to say so: then the public URL says it.
 */
export function refuseInsecure(
  request: Pick<Request, 'headers' | 'secure' | 'host'>,
  publicUrl: string,
): void {
  const host = urlOf(`http://${request.host}`)?.hostname
  if (request.secure || isLoopback(host ?? '')) return
  const own = urlOf(publicUrl)?.origin
  const from = request.headers.origin ?? urlOf(`https://${request.host}`)?.origin
  if (own?.startsWith('https:') === true && from === own) return
  throw new Refusal('insecure', 'the console takes https, but on the machine itself')
}

function isOwnOrigin(
  { headers: { origin }, host }: Pick<Request, 'headers' | 'host'>,
  publicUrl: string,
): boolean {
  if (origin === undefined) return true
  const from = urlOf(origin)
  if (from?.origin !== origin) return false
  if (origin === urlOf(publicUrl)?.origin) return true
  const isSafe = from.protocol === 'https:' || isLoopback(from.hostname)
  return isSafe && from.host === urlOf(`${from.protocol}//${host}`)?.host
}

function isLoopback(hostname: string): boolean {
  return ['localhost', '[::1]'].includes(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname)
}

function urlOf(text: string): URL | undefined {
  return URL.parse(text) ?? undefined
}
