/** Where a webhook may lead: an HTTPS server that has a name in the public internet. */

import { isIP } from 'node:net'
import type { Internet } from '../../node/domain.ts'
import { postSecurely } from '../../node/secure-post.ts'
import { IssuingError } from '../issuance/errors.ts'

const MAX_URL = 2000
const NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * The URL as it is asked for. An address in place of a name is refused, in whatever spelling a URL takes for one, and so
 * are credentials, which would be kept in clear. Throws `IssuingError` `bad-url`.
 */
export function parseWebhookUrl(text: string): URL {
  const url = text.length > MAX_URL ? null : URL.parse(text)
  const isPlain =
    url?.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    url.hash === '' &&
    NAME.test(url.hostname) &&
    isIP(url.hostname) === 0
  if (url !== null && isPlain) return url
  throw new IssuingError('bad-url', 'a webhook leads to https://<name>, without credentials')
}

/**
 * Posts to where the name leads at this moment, if every address that it has is public. The status of the answer;
 * rejects where there is none.
 */
export async function postTo(
  { addressesOf, isPublic, port, ca }: Internet,
  url: URL,
  message: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  signal: AbortSignal,
): Promise<number> {
  const addresses = await addressesOf(url.hostname, signal)
  // One that is not is reason enough to distrust the rest.
  if (addresses.length === 0 || !addresses.every(isPublic)) {
    throw new Error('the name leads to no address, or to one that is not public')
  }
  const target = new URL(url)
  if (target.port === '') target.port = `${port}`
  return postSecurely(target, { ...message, addresses, signal, ca })
}
