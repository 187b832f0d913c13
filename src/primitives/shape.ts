import type { FormatCode } from './codes.ts'
import { FormatError } from './errors.ts'
import type { Json } from './json.ts'

/** What a schema says of JSON that does not fit; the members beside the first two depend on the code. */
export interface ShapeIssue {
  readonly code?: string
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly input?: unknown
  /** Of an object: the members that it may not have. */
  readonly keys?: readonly string[]
  /** Of a union: what each of its branches says. */
  readonly errors?: readonly (readonly ShapeIssue[])[]
}

/**
 * What is asked of a schema; every schema of `zod` is one. Its own types stay out of the published declarations: they
 * name `URL`, which a project without the browser's types and Node's does not know.
 */
export interface Shape<Output> {
  safeParse(
    json: unknown,
    options: { readonly reportInput: true },
  ):
    | { readonly success: true; readonly data: Output }
    | { readonly success: false; readonly error: { readonly issues: readonly ShapeIssue[] } }
}

/**
 * Checks parsed JSON against a schema.
 * @throws FormatError for the first thing that does not fit, its field as a JSON Pointer below `field`
 */
export function parseShape<Output>(schema: Shape<Output>, json: Json, field = ''): Output {
  const result = schema.safeParse(json, { reportInput: true })
  if (result.success) return result.data
  const issue = deepest(result.error.issues)
  const keys = issue?.code === 'unrecognized_keys' ? (issue.keys ?? []).slice(0, 1) : []
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
function deepest(issues: readonly ShapeIssue[]): ShapeIssue | undefined {
  const issue = issues[0]
  if (issue?.code !== 'invalid_union') return issue
  const inner = (issue.errors ?? [])
    .map(deepest)
    .filter((candidate) => candidate !== undefined)
    .sort((a, b) => b.path.length - a.path.length)[0]
  if (inner === undefined || inner.path.length === 0) return issue
  return { ...inner, path: [...issue.path, ...inner.path] }
}

function codeOf(issue: ShapeIssue | undefined): FormatCode {
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
