import type { FormatCode } from './codes.ts'

/** The caller's input is not what it should be: `code` says what, `field` says where. */
export class FormatError extends Error {
  override readonly name = 'FormatError'
  readonly code: FormatCode
  readonly field: string

  constructor(code: FormatCode, field: string, message: string) {
    super(message)
    this.code = code
    this.field = field
  }
}

export type UnavailableCode =
  'unreachable' | 'timeout' | 'refused' | 'bad-answer' | 'not-found' | 'erased' | 'replaced'

/** The world did not answer, or not sensibly; `cause` keeps the inner error and is printed once. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError'
  readonly code: UnavailableCode

  constructor(code: UnavailableCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

/** A broken promise of our own code: crash the call, never explain it away. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
}

/** Throws `InvariantError` where our own code broke its promise. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}
