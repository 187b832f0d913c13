/** A server with a chain of its own, a batch that is issued on it, and what its issuer and its holders ask of it. */
import { expect } from 'chai'
import { nodeAes256Gcm } from '../../../node/cipher.ts'
import { addIssuer } from '../../../server/context.ts'
import type { Context, IssueReport } from '../../../server/context.ts'
import { SCOPES } from '../../../server/http/scopes.ts'
import {
  base64urlOf,
  hideClaims,
  openDocument,
  ownerTokenOf,
  parseBase64url,
  parseCertificate,
  parseHolderLink,
  parsePointer,
  printCertificate,
  serverKeyAuthOf,
} from '../../../src/index.ts'
import type { HolderLink } from '../../../src/index.ts'
import { configure, EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'
import { bearer } from './server.ts'

export type Json = Readonly<Record<string, unknown>>
export type Answer = { readonly status: number; readonly json: Json; readonly headers: Headers }

export type IssuingServer = {
  readonly data: DataFolder
  readonly url: string
  readonly context: Context
  readonly report: IssueReport
  readonly lines: readonly string[]
  /** API keys with every scope: of whose batch it is, and of another issuer. */
  readonly key: string
  readonly theirs: string
  ask(
    method: string,
    path: string,
    token?: string,
    body?: unknown,
    idempotencyKey?: string,
  ): Promise<Answer>
  /** With the issuer’s key, or another token. */
  get(path: string, token?: string): Promise<Answer>
  /** By place in the report, as all of the following. */
  linkAt(i: number): HolderLink
  pathOf(i: number): string
  /** Tokens of a link. */
  ownerOf(i: number): string
  holderOf(i: number): string
  /** The operation that a request was answered with, at its end. */
  done(answer: Answer): Promise<Json>
  statusOf(i: number): Promise<unknown>
  /** The certificate’s bytes, as its holder reads them. */
  opened(link: HolderLink): Promise<Uint8Array>
  presentationOf(i: number, hidden?: readonly string[]): Promise<string>
  share(i: number, more?: Json, token?: string): Promise<Answer>
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))

/** @param settings members of its configuration besides */
export async function newIssuingServer(
  settings: Readonly<Record<string, unknown>> = {},
): Promise<IssuingServer> {
  const data = await newDataFolder()
  await configure(data.folder, settings)
  const options = { name: 'Seconde école', passphrase: PASSPHRASE, scryptLogN: 10 }
  const second = await addIssuer(data.folder, options)
  const lines: string[] = []
  const context = await data.open({ passphrase: PASSPHRASE, log: (line) => lines.push(line) })
  await context.deploy()
  const report = await context.issue({ rows: EXAMPLE_ROWS, template: await exampleTemplate() })
  const { url } = await context.serve({ port: 0 })
  const keyOf = async (issuer: string): Promise<string> => {
    const expiresAt = Date.now() + 3_600_000
    const request = { issuer, label: 'a test', scopes: SCOPES, expiresAt, by: 'cli' }
    return (await context.apiKeys.create(request)).text
  }
  const key = await keyOf(data.init.issuer)
  const theirs = await keyOf(second.issuer)
  const ask = askerOf(url)
  const get = (path: string, token = key): Promise<Answer> => ask('GET', path, token)
  const linkAt = (i: number): HolderLink => parseHolderLink(report.links[i]?.link, 'link')
  const ownerOf = (i: number): string => base64urlOf(ownerTokenOf(linkAt(i).linkSecret))
  const pathOf = (i: number): string => `/api/v1/certificates/${linkAt(i).cid}`
  const opened = (link: HolderLink): Promise<Uint8Array> => openedAt(url, link)
  const presentationOf = async (i: number, hidden: readonly string[] = []): Promise<string> => {
    const certificate = parseCertificate(await opened(linkAt(i)))
    const pointers = hidden.map((pointer) => parsePointer(pointer, 'hidden'))
    return Buffer.from(printCertificate(hideClaims(certificate, pointers))).toString()
  }
  return {
    data,
    url,
    context,
    report,
    lines,
    key,
    theirs,
    ask,
    get,
    linkAt,
    pathOf,
    ownerOf,
    holderOf: (i) => base64urlOf(serverKeyAuthOf(linkAt(i).linkSecret)),
    done: (answer) => ended(get, answer),
    statusOf: async (i) => ((await get(pathOf(i))).json['status'] as Json)['state'],
    opened,
    presentationOf,
    share: async (i, more = {}, token = ownerOf(i)) => {
      const presentation = more['presentation'] ?? (await presentationOf(i))
      const request = { cid: linkAt(i).cid, presentation, ...more }
      // Until who verifies sees the anchor as final, a share is refused for now.
      for (let n = 0; ; n += 1) {
        const answer = await ask('POST', '/api/v1/shares', token, request)
        if (answer.status !== 503 || n === 60) return answer
        await pause(200)
      }
    },
  }
}

function askerOf(url: string): IssuingServer['ask'] {
  return async (method, path, token, body, idempotencyKey = crypto.randomUUID()) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : bearer(token)),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        'idempotency-key': idempotencyKey,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = text === '' ? {} : (JSON.parse(text) as Json)
    return { status: response.status, json, headers: response.headers }
  }
}

async function ended(get: IssuingServer['get'], answer: Answer): Promise<Json> {
  expect(answer.status, JSON.stringify(answer.json)).to.equal(202)
  const path = `/api/v1/operations/${String(answer.json['id'])}`
  for (let i = 0; i < 300; i += 1) {
    const { json } = await get(path)
    if (json['state'] !== 'queued') return json
    await pause(100)
  }
  return expect.fail('the operation does not end')
}

async function openedAt(url: string, { cid, linkSecret }: HolderLink): Promise<Uint8Array> {
  const block = await fetch(`${url}/ipfs/${cid}?format=raw`)
  const token = base64urlOf(serverKeyAuthOf(linkSecret))
  const half = await fetch(`${url}/k/${cid}`, { headers: bearer(token) })
  const serverKey = parseBase64url(await half.text(), 'key')
  const bytes = new Uint8Array(await block.arrayBuffer())
  return openDocument(bytes, { linkSecret, serverKey }, nodeAes256Gcm)
}
