/**
 * One request to every route of the table, as data. A route without an entry here fails the tests that walk the table, so
 * that none can be added whose answers to strangers nobody has thought of.
 */
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

export const EXAMPLES: Readonly<Record<string, Example>> = {
  getHealth: { others: 200 },
  getReady: { others: 200 },
  getBlock: { params: { cid }, query: '?format=raw', others: 404 },
  getServerKey: { params: { cid }, others: 404 },
  postVerifications: { type: 'application/json', body: '{}', others: 200 },
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
