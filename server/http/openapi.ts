/** The OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1) of a table of routes, made of their very schemas. */

import { z } from 'zod'
import { invariant } from '../../src/index.ts'
import type { Access, ResponseSpec, Route } from '../routes/route.ts'
import { CONSOLE_COOKIE, CONSOLE_HEADER } from './console.ts'
import { PROBLEM_CODES, PROBLEMS, typeOf } from './problems.ts'
import type { ProblemCode } from './problems.ts'
import { isScope } from './scopes.ts'

type Part = Readonly<Record<string, unknown>>

const PROBLEM: Part = {
  type: 'object',
  description: 'RFC 9457 problem details; `code` stays, words do not',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string', enum: PROBLEM_CODES.map(typeOf) },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: PROBLEM_CODES },
    detail: { type: 'string' },
    format: {
      type: 'object',
      description: 'of input: what is wrong, and where',
      required: ['code', 'field'],
      properties: { code: { type: 'string' }, field: { type: 'string' } },
    },
    issuing: { type: 'string', description: 'why it cannot be issued or changed as things stand' },
    rows: {
      type: 'array',
      description: 'of rows: what is wrong with which',
      items: {
        type: 'object',
        required: ['code', 'row'],
        properties: {
          code: { type: 'string' },
          row: {
            type: 'integer',
            description: 'from 1, the header included; 0: the file as a whole',
          },
          column: { type: 'string', description: 'as the file names it' },
          reason: { type: 'string', description: 'of bad-value: what the template finds wrong' },
          first: { type: 'integer', description: 'of duplicate-learner: the row before' },
        },
      },
    },
  },
}

export function openApiOf(routes: readonly Route[]): Part {
  const paths: Record<string, Record<string, Part>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Inaltera',
      version: '1',
      summary: 'Issues and verifies certificates anchored on a blockchain.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, inaltera_…' },
        console: {
          type: 'apiKey',
          in: 'cookie',
          name: CONSOLE_COOKIE,
          description: `Of POST /api/v1/session; what is not only read carries ${CONSOLE_HEADER}: 1`,
        },
        holder: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token derived from a holder link',
        },
      },
    },
  }
}

function operationOf(route: Route): Part {
  const { access, idempotent } = route
  const parameters = [
    ...parametersOf(route.params, 'path'),
    ...parametersOf(route.query, 'query'),
    ...(idempotent === undefined ? [] : [IDEMPOTENCY_KEY]),
    ...(isOfConsole(route) ? [FROM_CONSOLE] : []),
  ]
  return {
    operationId: route.name,
    summary: route.summary,
    security: securityOf(access),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...bodyOf(route),
    responses: { ...answersOf(route), ...problemsOf(route) },
  }
}

const IDEMPOTENCY_KEY: Part = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'New for each request; sent again, the first reply is repeated for a day',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

const FROM_CONSOLE: Part = {
  name: CONSOLE_HEADER,
  in: 'header',
  required: true,
  description: 'No other site can have a browser send it',
  schema: { type: 'string', const: '1' },
}

/** What the console alone asks; elsewhere its header goes with its cookie. */
function isOfConsole({ access, method }: Route): boolean {
  return (access === 'sign-in' || access === 'session') && method !== 'GET'
}

/** Alternatives: any one of them will do. */
function securityOf(access: Access): Part[] {
  if (access === 'public' || access === 'sign-in') return []
  if (access === 'holder') return [{ holder: [] }]
  return access === 'session' ? [{ console: [] }] : [{ apiKey: [access] }, { console: [access] }]
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Part {
  const { $schema, id, ...rest } = z.toJSONSchema(schema, { io, reused: 'inline' })
  invariant(
    $schema !== undefined && (id === undefined || true),
    'zod names the dialect of OpenAPI 3.1',
  )
  return rest
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): Part[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const description = typeof property === 'object' ? property.description : undefined
    return {
      name,
      in: place,
      required: required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: property,
    }
  })
}

function bodyOf({ body }: Route): Part {
  if (body.types.length === 0) return {}
  const { schema } = body
  const media = schema === undefined ? {} : { schema: schemaOf(schema, 'input') }
  const content = Object.fromEntries(body.types.map((type) => [type, media]))
  return { requestBody: { required: true, description: `At most ${body.limit} bytes`, content } }
}

function answersOf({ responses }: Route): Record<string, Part> {
  return Object.fromEntries(
    Object.entries(responses).map(([status, spec]) => [status, answerOf(spec)]),
  )
}

function answerOf({ description, schema, types = [] }: ResponseSpec): Part {
  if (schema !== undefined) {
    return { description, content: { 'application/json': { schema: schemaOf(schema, 'output') } } }
  }
  const content = Object.fromEntries(types.map((type) => [type, {}]))
  return types.length === 0 ? { description } : { description, content }
}

/** Which codes a route can answer beside those that it declares. */
export function codesOf(route: Route): ProblemCode[] {
  const { access, body, rate, idempotent } = route
  const codes: ProblemCode[] = ['bad-request', 'internal', 'unavailable', ...(route.problems ?? [])]
  if (access !== 'public') codes.push('not-authenticated', 'rate-limited')
  if (access !== 'public' && access !== 'holder') codes.push('not-from-console')
  if (access === 'sign-in') codes.push('insecure')
  if (isScope(access)) codes.push('not-allowed')
  if (rate !== 'unlimited') codes.push('rate-limited')
  if (body.types.length > 0) codes.push('too-large', 'unsupported-media-type', 'timeout')
  if (idempotent !== undefined) {
    codes.push('idempotency-key-missing', 'idempotency-conflict', 'request-in-progress', 'locked')
  }
  return PROBLEM_CODES.filter((code) => codes.includes(code))
}

function problemsOf(route: Route): Record<string, Part> {
  const answers: Record<string, Part> = {}
  const content = {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  }
  for (const status of new Set(codesOf(route).map((code) => PROBLEMS[code].status))) {
    if (status in route.responses) continue
    const codes = codesOf(route).filter((code) => PROBLEMS[code].status === status)
    const description = codes.map((code) => `\`${code}\`: ${PROBLEMS[code].meaning}`).join('; ')
    answers[String(status)] = { description, content }
  }
  return answers
}
