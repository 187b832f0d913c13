/** What a request brings, checked against the schema of its route. */

import type { z } from 'zod'
import { FormatError, parseShape } from '../../src/index.ts'
import type { Json } from '../../src/index.ts'

/**
 * Parameters, queries and bodies against their schema. Errors name the place that the schema knows and never repeat what
 * was sent: it may be a name or a secret. Throws `FormatError`.
 */
export function parseInput<S extends z.ZodType>(
  schema: S,
  value: Json,
  where: string,
): z.output<S> {
  try {
    return parseShape(schema, value)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    const known =
      error.code === 'unknown-member' ? error.field.replace(/\/[^/]*$/, '') : error.field
    const field = `${where}${known}`
    throw new FormatError(error.code, field, `${field}: ${wordsOf(error.code)}`)
  }
}

function wordsOf(code: FormatError['code']): string {
  if (code === 'unknown-member') return 'there is a member that is not known here'
  if (code === 'missing-member') return 'this is missing'
  return code.replaceAll('-', ' ')
}
