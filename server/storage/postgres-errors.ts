/** What PostgreSQL refuses, as the errors of this service. */

import { DatabaseError } from 'pg'
import { InvariantError, UnavailableError } from '../../src/index.ts'

/** Two transactions were in each other's way: undone whole, and worth another attempt. */
export function isCollision(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false
  const { code = '', constraint = '' } = error
  const isNonce = code === '23505' && constraint.startsWith('nonces_')
  return isNonce || code === '40001' || code === '40P01'
}

/** The connection was gone before anything was done on it: another may do it. `cause` is what showed that. */
export class UnusedConnectionError extends Error {
  override readonly name = 'UnusedConnectionError'

  constructor(cause: unknown) {
    super('the connection was gone', { cause })
  }
}

/** What a first statement is rejected with, a read or `BEGIN`, as `UnusedConnectionError` where the connection is gone. */
export function errorOfFirst(error: unknown): unknown {
  const isEnded = error instanceof DatabaseError && /^57P0[12]$/.test(error.code ?? '')
  const isGone = error instanceof UnavailableError && error.code === 'unreachable'
  return isEnded || isGone ? new UnusedConnectionError(error) : error
}

const TIMEOUTS = ['57014', '55P03', '25P03', '40001', '40P01']
/** No access, no such database, no right to do it, a standby that cannot be written. */
const REFUSALS = /^(28|3D|42501|25006|0A)/
/** Connections, resources (a full disk among them), an operator's intervention, errors of the system below. */
const OUTAGES = /^(08|53|57P|58|XX)/

/**
 * An error of the database becomes `UnavailableError` where the world is at fault and `InvariantError` where we are;
 * any other stays as it is. Constraint errors of PostgreSQL quote the row: that text goes no further.
 */
export function errorOfDatabase(error: unknown): unknown {
  if (error instanceof UnusedConnectionError) return errorOfDatabase(error.cause)
  if (!(error instanceof DatabaseError)) return error
  const { code = 'unknown', constraint } = error
  const cause = new Error(`${error.message} [${code}]`)
  if (TIMEOUTS.includes(code)) {
    return new UnavailableError('timeout', 'the database took too long', { cause })
  }
  if (REFUSALS.test(code)) {
    return new UnavailableError('refused', `the database refuses: ${error.message}`, { cause })
  }
  if (OUTAGES.test(code)) {
    return new UnavailableError('unreachable', 'the database cannot answer', { cause })
  }
  return new InvariantError(`the database refuses a statement: ${code} ${constraint ?? ''}`)
}

/** What the driver throws that is no answer of the database: the connection is not there, or not any more. */
export function errorOfConnection(error: unknown): unknown {
  if (error instanceof DatabaseError) return error
  const isLate = error instanceof Error && /timeout/i.test(error.message)
  return isLate
    ? new UnavailableError('timeout', 'the database does not answer', { cause: error })
    : new UnavailableError('unreachable', 'the database is out of reach', { cause: error })
}
