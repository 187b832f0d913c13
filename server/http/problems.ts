/** Every error of the API as RFC 9457 problem details, under codes that stay. */

import { FormatError, UnavailableError } from '../../src/index.ts'
import type { FormatCode } from '../../src/index.ts'
import { BlockError } from '../ipfs/documents.ts'

export type ProblemCode =
  | 'bad-request'
  | 'not-authenticated'
  | 'not-found'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'gone'
  | 'too-large'
  | 'unsupported-media-type'
  | 'busy'
  | 'unavailable'
  | 'document-damaged'
  | 'internal'

/** A refusal that a route decides on itself. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ProblemCode

  constructor(code: ProblemCode, message: string) {
    super(message)
    this.code = code
  }
}

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly detail?: string
  /** For input that is not what it should be: what is wrong and where. */
  readonly format?: { readonly code: FormatCode; readonly field: string }
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
  if (error instanceof UnavailableError) return problem('unavailable', 'try again later')
  const status = statusOfParser(error)
  if (status === 413) return problem('too-large', 'the body is too large')
  if (status === 415) return problem('unsupported-media-type', 'this encoding is not supported')
  if (status !== undefined) return problem('bad-request', 'the request is not well-formed')
  return problem('internal')
}

function problem(code: ProblemCode, detail?: string): Problem {
  const status = statusOf(code)
  const title = code.replaceAll('-', ' ')
  return { type: 'about:blank', title, status, code, ...(detail === undefined ? {} : { detail }) }
}

/** One status for each code; a code without one does not compile. */
function statusOf(code: ProblemCode): number {
  switch (code) {
    case 'bad-request':
      return 400
    case 'not-authenticated':
      return 401
    case 'not-found':
      return 404
    case 'method-not-allowed':
      return 405
    case 'not-acceptable':
      return 406
    case 'gone':
      return 410
    case 'too-large':
      return 413
    case 'unsupported-media-type':
      return 415
    case 'internal':
    case 'document-damaged':
      return 500
    case 'busy':
    case 'unavailable':
      return 503
  }
}

/** Express's body reader and router say in `status` what the client did wrong; the rest of their errors is not told. */
function statusOfParser(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined
  const { status } = error
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}
