/**
 * One request to every route of the table, as data. A route without an entry here fails the tests that walk the table, so
 * that none can be added whose answers to strangers nobody has thought of.
 */
import { expect } from 'chai'
import { XLSX } from '../../../server/routes/upload.ts'
import type { Route } from '../../../server/routes/route.ts'
import { cidOf, utf8 } from '../../../src/index.ts'

export type Example = {
  /** Of the path, each as a value that its schema takes and that names nothing that exists. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: string
  readonly type?: string
  readonly body?: string
  /** What another issuer's key is answered for an object of ours: 404 where the path names one; else its own, 200. */
  readonly others: number
}

/** Of a batch or a template that nobody has. */
const ID = 'A'.repeat(22)
const cid = cidOf(utf8('nothing of ours'))
const shareId = 'A'.repeat(22)
const reasoned = { type: 'application/json', body: '{"reason":"fraud"}' }
const batchId = 'none'
const STRANGER = `eip155:31337:0x${'c'.repeat(40)}`
const webhookId = `wh_${'0'.repeat(32)}`
const empty = { type: 'application/json', body: '{}' }

export const EXAMPLES: Readonly<Record<string, Example>> = {
  getPolicy: { others: 200 },
  getHomePage: { others: 200 },
  getCertificatePage: { params: { cid }, others: 200 },
  getVerifyPage: { others: 200 },
  getConsolePage: { others: 200 },
  getSharePage: { params: { shareId }, others: 404 },
  getShareEmbed: { params: { shareId }, others: 404 },
  getSharePicture: { params: { shareId }, others: 404 },
  getAsset: { params: { file: 'none.js' }, others: 404 },
  getMark: { others: 200 },
  getVerifierFile: { others: 200 },
  getVerifierHash: { others: 200 },
  getHealth: { others: 200 },
  getReady: { others: 200 },
  getBlock: { params: { cid }, query: '?format=raw', others: 404 },
  getServerKey: { params: { cid }, others: 404 },
  postVerifications: { type: 'application/json', body: '{}', others: 200 },
  postCertificateSearch: { type: 'application/json', body: '{"name":"Zoé"}', others: 200 },
  postCertificateStates: {
    type: 'application/json',
    body: JSON.stringify({ cids: [cid] }),
    others: 200,
  },
  getCertificate: { params: { cid }, others: 404 },
  getCertificateContents: { params: { cid }, others: 404 },
  getBatchCertificate: { params: { batchId: 'none', index: '0' }, others: 404 },
  postCertificateRevoke: { params: { cid }, ...reasoned, others: 404 },
  postCertificateSuspend: { params: { cid }, ...reasoned, others: 404 },
  postCertificateReinstate: { params: { cid }, ...reasoned, others: 404 },
  postBatchRevoke: { params: { batchId: 'none' }, ...reasoned, others: 404 },
  postCertificateCorrect: {
    params: { cid },
    type: 'application/json',
    body: '{"template":{},"row":{}}',
    others: 404,
  },
  postCertificateErase: { params: { cid }, ...reasoned, others: 404 },
  getOperation: { params: { operationId: 'none' }, others: 404 },
  getDocument: { params: { cid }, others: 404 },
  getCertificateChanges: { params: { cid }, others: 404 },
  getSuccessor: { params: { cid }, others: 404 },
  postShares: {
    type: 'application/json',
    body: JSON.stringify({ cid, presentation: '{}' }),
    others: 404,
  },
  getShare: { params: { shareId }, others: 404 },
  deleteShare: { params: { shareId }, others: 404 },
  getCertificateShares: { params: { cid }, others: 404 },
  getBatchLinks: { params: { batchId }, others: 404 },
  postBatchLinksDelivered: { params: { batchId }, others: 404 },
  postBatchMail: { params: { batchId }, ...empty, others: 404 },
  getBatchMail: { params: { batchId }, others: 404 },
  postCertificateMail: { params: { cid }, ...empty, others: 404 },
  postCertificateReseal: { params: { cid }, ...empty, others: 404 },
  postLinkRequests: { type: 'application/json', body: '{"address":"a@b.example"}', others: 202 },
  getWebhooks: { others: 200 },
  postWebhooks: {
    type: 'application/json',
    body: '{"url":"https://hooks.example/in","events":["batch.anchored"]}',
    others: 201,
  },
  deleteWebhook: { params: { webhookId }, others: 404 },
  postWebhookPing: { params: { webhookId }, others: 404 },
  getWebhookDeliveries: { params: { webhookId }, others: 404 },
  postWebhookRedeliver: { params: { webhookId, deliveryId: 'msg_none' }, others: 404 },
  getIssuer: { params: { account: STRANGER }, others: 404 },
  getIssuerProfile: { params: { account: STRANGER }, others: 404 },
  getIssuerLogo: { params: { account: STRANGER, digest: `0x${'0'.repeat(64)}` }, others: 404 },
  putProfile: { type: 'application/json', body: '{"name":"x"}', others: 200 },
  getStatistics: { others: 200 },
  postSession: { type: 'application/json', body: '{"key":"none"}', others: 401 },
  getSession: { others: 401 },
  deleteSession: { others: 401 },
  getAudit: { others: 200 },
  getKeys: { others: 200 },
  postKeys: {
    type: 'application/json',
    body: '{"label":"x","scopes":["keys"],"days":1}',
    others: 201,
  },
  deleteKey: { params: { keyId: '0123456789abcdef' }, others: 404 },
  getTemplates: { others: 200 },
  postTemplates: { type: 'application/json', body: '{}', others: 400 },
  postTemplateLints: { type: 'application/json', body: '{}', others: 400 },
  getTemplate: { params: { templateId: ID }, others: 404 },
  deleteTemplate: { params: { templateId: ID }, others: 404 },
  getBatches: { others: 200 },
  postBatches: { query: `?template=${ID}`, type: 'text/csv', body: 'a,b', others: 404 },
  postDryRuns: { query: `?template=${ID}`, type: 'text/csv', body: 'a,b', others: 404 },
  postPreviews: { query: `?template=${ID}`, type: 'text/csv', body: 'a,b', others: 404 },
  postTables: { type: XLSX, body: 'no workbook', others: 422 },
  getBatch: { params: { batchId: ID }, others: 404 },
  getBatchEvents: { params: { batchId: ID }, others: 404 },
  getBatchCertificates: { params: { batchId: ID }, others: 404 },
  postApproval: { params: { batchId: ID }, others: 404 },
  postRejection: { params: { batchId: ID }, others: 404 },
  getOpenapi: { others: 200 },
  getDocs: { others: 200 },
  getDocsScript: { others: 200 },
  getDocsStyle: { others: 200 },
}

export type Answer = {
  readonly status: number
  readonly code: unknown
  readonly body: string
  readonly headers: Headers
}

export const exampleOf = ({ name }: Route): Example =>
  EXAMPLES[name] ?? expect.fail(`test/server/routes/walk.ts has no example of ${name}`)

/** Sends the example of a route; `code` is that of a problem. */
export async function askExample(
  url: string,
  route: Route,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const { params = {}, query = '', type, body } = exampleOf(route)
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '')
  const response = await fetch(`${url}${path}${query}`, {
    method: route.method,
    headers: {
      ...headers,
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(route.idempotent === undefined ? {} : { 'idempotency-key': crypto.randomUUID() }),
    },
    ...(body === undefined ? {} : { body }),
  })
  const text = await response.text()
  const isProblem = response.headers.get('content-type')?.includes('problem+json') === true
  const problem: unknown = isProblem ? JSON.parse(text) : {}
  const { code } = problem as { code?: unknown }
  return { status: response.status, code, body: text, headers: response.headers }
}
