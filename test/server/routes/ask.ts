/** Asks the API of a server as a client with a key does. */

export type Json = Readonly<Record<string, unknown>>
export type Answer = { readonly status: number; readonly json: Json; readonly headers: Headers }
export type Asked = {
  readonly body?: string | Uint8Array
  readonly type?: string
  /** The text of an API key. */
  readonly as?: string
  /** By default another each time. */
  readonly idempotencyKey?: string
}

/** `path` follows `/api/v1`; an answer without a body is `{}`. */
export async function ask(
  url: string,
  method: string,
  path: string,
  { body, type, as = '', idempotencyKey = crypto.randomUUID() }: Asked,
): Promise<Answer> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${as}`,
      'idempotency-key': idempotencyKey,
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: Buffer.from(body) }),
  })
  const text = await response.text()
  const json = text === '' ? {} : (JSON.parse(text) as Json)
  return { status: response.status, json, headers: response.headers }
}
