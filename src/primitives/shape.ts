import type { z } from 'zod'
import type { FormatCode } from './codes.ts'
import { FormatError } from './errors.ts'
import type { Json } from './json.ts'

/**
 * Checks parsed JSON against a schema.
 * @throws FormatError for the first thing that does not fit, its field as a JSON Pointer below `field`
 */
export function parseShape<Output>(schema: z.ZodType<Output>, json: Json, field = ''): Output {
  const result = schema.safeParse(json, { reportInput: true })
  if (result.success) return result.data
  const issue = deepest(result.error.issues)
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const at = field + pointerOf([...(issue?.path ?? []), ...keys])
  throw new FormatError(
    codeOf(issue),
    at,
    `${at || 'the document'}: ${issue?.message ?? 'does not fit'}`,
  )
}

/** A JSON Pointer (RFC 6901) from its parts. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The issue that says most: inside a union, that of the branch which came furthest. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined {
  const issue = issues[0]
  if (issue?.code !== 'invalid_union') return issue
  const inner = issue.errors
    .map(deepest)
    .filter((candidate) => candidate !== undefined)
    .sort((a, b) => b.path.length - a.path.length)[0]
  if (inner === undefined || inner.path.length === 0) return issue
  return { ...inner, path: [...issue.path, ...inner.path] }
}

function codeOf(issue: z.core.$ZodIssue | undefined): FormatCode {
  switch (issue?.code) {
    case 'unrecognized_keys':
      return 'unknown-member'
    case 'invalid_type':
      return issue.input === undefined ? 'missing-member' : 'wrong-type'
    case 'too_big':
    case 'too_small':
      return 'out-of-range'
    default:
      return issue?.input === undefined ? 'missing-member' : 'wrong-value'
  }
}
