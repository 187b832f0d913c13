/** Every error of the API as RFC 9457 problem details, under codes that stay. */

import { FormatError, UnavailableError } from '../../src/index.ts'
import type { FormatCode } from '../../src/index.ts'
import { BlockError } from '../ipfs/documents.ts'
import { IssuingError } from '../issuance/errors.ts'
import type { IssuingCode } from '../issuance/errors.ts'
import type { RowCode, RowProblem } from '../rows/problems.ts'
import { RowsError } from '../rows/problems.ts'
import { ISSUING_DETAILS } from './issuing-details.ts'

/** Each code with its one status and what it means; `docs/INTEGRATE.md` has the same table, a test compares them. */
export const PROBLEMS = {
  'bad-request': {
    status: 400,
    meaning: 'the request is not what the description of the API asks for',
  },
  'idempotency-key-missing': {
    status: 400,
    meaning: 'this request creates something and needs the header Idempotency-Key',
  },
  'not-authenticated': {
    status: 401,
    meaning: 'no key, or none that counts: unknown, wrong, expired and revoked look alike',
  },
  'not-allowed': { status: 403, meaning: 'the key does not have the scope that this takes' },
  'not-from-console': {
    status: 403,
    meaning: 'a request with the console’s cookie comes from another site, or without its header',
  },
  insecure: {
    status: 403,
    meaning: 'the console is signed in to over https, or on the machine itself',
  },
  'not-found': { status: 404, meaning: 'there is no such thing, or it is another’s' },
  'method-not-allowed': { status: 405, meaning: 'the address exists, this method of it does not' },
  'not-acceptable': { status: 406, meaning: 'there is no form of this that the request accepts' },
  timeout: { status: 408, meaning: 'the request took too long to arrive' },
  conflict: { status: 409, meaning: 'what is there is in another state than this takes' },
  exported: {
    status: 409,
    meaning: 'these links left before; ask with again=true where this is meant',
  },
  'request-in-progress': {
    status: 409,
    meaning: 'the same Idempotency-Key is being worked on; ask again',
  },
  gone: { status: 410, meaning: 'erased by its issuer' },
  replaced: { status: 410, meaning: 'another link took the place of this one' },
  'too-large': { status: 413, meaning: 'the body has more bytes than this takes' },
  'unsupported-media-type': {
    status: 415,
    meaning: 'the body is of a type, charset or encoding that this does not take',
  },
  'idempotency-conflict': {
    status: 422,
    meaning: 'the Idempotency-Key was used for another request',
  },
  unprocessable: { status: 422, meaning: 'well-formed, and cannot be done as it stands' },
  'rate-limited': { status: 429, meaning: 'too many requests; Retry-After says when' },
  'headers-too-large': {
    status: 431,
    meaning: 'the header of the request has more bytes than are read',
  },
  internal: { status: 500, meaning: 'a fault of this server' },
  'document-damaged': { status: 500, meaning: 'the stored document does not hash to its name' },
  busy: { status: 503, meaning: 'too much at a time; Retry-After says when' },
  locked: { status: 503, meaning: 'this server runs without the passphrase that this takes' },
  'no-mail': { status: 503, meaning: 'this server sends no mail: no mail server is configured' },
  unavailable: { status: 503, meaning: 'something that this rests on does not answer' },
} as const
export type ProblemCode = keyof typeof PROBLEMS
export const PROBLEM_CODES = Object.keys(PROBLEMS).filter(isProblemCode)

/** A refusal that a route decides on itself. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ProblemCode
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | undefined

  constructor(code: ProblemCode, message: string, retryAfter?: number) {
    super(message)
    this.code = code
    this.retryAfter = retryAfter
  }
}

export type FaultyRow = Omit<RowProblem, 'message'>

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly detail?: string
  /** For input that is not what it should be: what is wrong and where. */
  readonly format?: { readonly code: FormatCode; readonly field: string }
  /** For what cannot be issued or changed as things stand. */
  readonly issuing?: IssuingCode
  /** For rows: what is wrong with which; never a cell, nor a heading that nobody asked for: both may be a learner's. */
  readonly rows?: readonly FaultyRow[]
}

export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(PROBLEMS, text)
}

/** The URI that stands for a code, for ever; it names and is not fetched. */
export function typeOf(code: ProblemCode): string {
  return `urn:inaltera:problem:${code}`
}

/** What a caller may know of an error. An error of our own tells nothing. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return problem(error.code, error.message)
  if (error instanceof FormatError) {
    const { code, field, message } = error
    return { ...problem('bad-request', message), format: { code, field } }
  }
  if (error instanceof BlockError) {
    const isMissing = error.code === 'missing'
    return problem(isMissing ? 'not-found' : 'document-damaged', error.message)
  }
  if (error instanceof IssuingError) {
    const { code } = error
    return { ...problem(codeOfIssuing(code), ISSUING_DETAILS[code]), issuing: code }
  }
  if (error instanceof RowsError) {
    return {
      ...problem('unprocessable', 'nothing was issued: rows says what is at fault, and where'),
      rows: error.problems.map(faultyRow),
    }
  }
  if (error instanceof UnavailableError) return problem('unavailable', 'try again later')
  // Express's router says in `status` what the client did wrong; the rest of its errors is not told.
  if (isClientsFault(error)) return problem('bad-request', 'the request is not well-formed')
  return problem('internal')
}

/** What these codes call a column may be the first learner's row, of a file without a header. */
const UNASKED: ReadonlySet<RowCode> = new Set(['unexpected-column', 'duplicate-column'])

function faultyRow({ code, row, column, reason, first }: RowProblem): FaultyRow {
  return {
    code,
    row,
    ...(column === undefined || UNASKED.has(code) ? {} : { column }),
    ...(reason === undefined ? {} : { reason }),
    ...(first === undefined ? {} : { first }),
  }
}

function problem(code: ProblemCode, detail?: string): Problem {
  const { status } = PROBLEMS[code]
  const title = code.replaceAll('-', ' ')
  return { type: typeOf(code), title, status, code, ...(detail === undefined ? {} : { detail }) }
}

function isClientsFault(error: unknown): boolean {
  if (!(error instanceof Error) || !('status' in error)) return false
  const { status } = error
  return typeof status === 'number' && status >= 400 && status < 500
}

function codeOfIssuing(code: IssuingCode): ProblemCode {
  switch (code) {
    case 'not-found':
    case 'no-such-issuer':
      return 'not-found'
    case 'key-in-use':
      return 'idempotency-conflict'
    case 'in-progress':
      return 'request-in-progress'
    case 'not-anchored':
    case 'awaiting-approval':
    case 'not-awaiting':
    case 'same-person':
    case 'rejected':
    case 'template-archived':
    case 'template-superseded':
    case 'permanent':
    case 'delivered':
    case 'permanent-by-mail':
    case 'permanent-link':
    case 'no-address':
    case 'too-many':
    case 'corrected':
    case 'interrupted':
      return 'conflict'
    case 'exported':
      return 'exported'
    case 'no-mail':
      return 'no-mail'
    case 'erased':
      return 'gone'
    case 'bad-url':
    case 'bad-events':
      return 'bad-request'
    case 'template-incomplete':
      return 'unprocessable'
    case 'not-deployed':
      return 'unavailable'
    case 'locked':
      return 'locked'
  }
}
