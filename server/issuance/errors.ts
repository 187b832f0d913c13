import type { LintReport } from '../../src/index.ts'

export type IssuingCode =
  | 'template-incomplete'
  | 'key-in-use'
  | 'in-progress'
  | 'not-found'
  | 'no-such-issuer'
  | 'not-anchored'
  | 'awaiting-approval'
  | 'not-awaiting'
  | 'same-person'
  | 'rejected'
  | 'template-archived'
  | 'template-superseded'
  | 'not-deployed'
  | 'permanent'
  | 'delivered'
  | 'locked'
  | 'permanent-by-mail'
  | 'permanent-link'
  | 'no-address'
  | 'no-mail'
  | 'exported'
  | 'erased'
  | 'bad-url'
  | 'bad-events'
  | 'too-many'

/** The request cannot be done as it stands; `code` says why. */
export class IssuingError extends Error {
  override readonly name = 'IssuingError'
  readonly code: IssuingCode
  /** For `template-incomplete`: what is missing. */
  readonly lint: LintReport | undefined

  constructor(code: IssuingCode, message: string, lint?: LintReport) {
    super(message)
    this.code = code
    this.lint = lint
  }
}

/** The process is ending: the batch stays as it is, and whoever starts next goes on with it. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError'
}
