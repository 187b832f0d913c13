/** Signs in as the console does. */
import { expect } from 'chai'

export const OF_CONSOLE = { 'x-inaltera-console': '1' }

export type Headers = Readonly<Record<string, string>>
export type Cookie = { readonly cookie: string }

export function signInAt(
  url: string,
  key: string,
  headers: Headers = OF_CONSOLE,
): Promise<Response> {
  return fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ key }),
  })
}

/** The header of a request in the session of a key. */
export async function cookieAt(url: string, key: string): Promise<Cookie> {
  const response = await signInAt(url, key)
  const set = response.headers.get('set-cookie') ?? expect.fail(await response.text())
  return { cookie: set.split(';')[0] ?? '' }
}
