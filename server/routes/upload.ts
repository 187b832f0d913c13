/** Rows in a request: their type, the template that they fill, and what is asked for. */

import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { FormatError, parseJson, utf8 } from '../../src/index.ts'
import { streamBody } from '../http/body.ts'
import type { Chunks } from '../http/body.ts'
import type { Upload } from '../issuance/batches.ts'
import { ROW_LIMITS } from '../rows/limits.ts'
import type { RowFormat } from '../rows/read.ts'
import { objectId } from './names.ts'

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const FORMATS: ReadonlyMap<string, RowFormat> = new Map([
  ['text/csv', 'csv'],
  [XLSX, 'xlsx'],
  ['application/json', 'json'],
  ['application/x-ndjson', 'json'],
])

/** CSV, XLSX, a JSON array of flat objects or one object a line; read as it comes. */
export const rowsBody = streamBody([...FORMATS.keys()], ROW_LIMITS.fileBytes)

const yes = z.literal('true').optional()
const MAX_MAPPING = 8000

export const templateQuery = {
  template: objectId.meta({ description: 'Id of a stored template' }),
}

export const uploadQuery = {
  ...templateQuery,
  mapping: z
    .string()
    .max(MAX_MAPPING)
    .optional()
    .meta({ description: 'JSON object: column of the file to column of the template' }),
  allowDuplicates: yes,
  allowIncomplete: yes,
  permanent: yes,
  send: yes.meta({ description: 'E-mail each learner the link once the batch is final' }),
}

type Query = {
  readonly template: string
  readonly mapping?: string | undefined
  readonly allowDuplicates?: 'true' | undefined
  readonly allowIncomplete?: 'true' | undefined
  readonly permanent?: 'true' | undefined
  readonly send?: 'true' | undefined
}

/** Throws `FormatError` for a mapping that is none. */
export function uploadOf(rows: Chunks, headers: IncomingHttpHeaders, query: Query): Upload {
  const { template, mapping } = query
  return {
    rows,
    format: formatOf(headers),
    template: { id: template },
    ...(mapping === undefined ? {} : { mapping: mappingOf(mapping) }),
    allowDuplicates: query.allowDuplicates === 'true',
    allowIncomplete: query.allowIncomplete === 'true',
    permanent: query.permanent === 'true',
    send: query.send === 'true',
  }
}

/** The frame lets only types through that are in the list. */
export function formatOf(headers: IncomingHttpHeaders): RowFormat {
  const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';')
  return FORMATS.get(type.trim()) ?? 'csv'
}

function mappingOf(text: string): ReadonlyMap<string, string> {
  const json = parseJson(utf8(text))
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json)
  const entries = isObject ? Object.entries(json) : []
  const columns = entries.flatMap(([from, to]): [string, string][] =>
    typeof to === 'string' ? [[from, to]] : [],
  )
  if (isObject && columns.length === entries.length) return new Map(columns)
  const message = 'query/mapping: a JSON object of texts'
  throw new FormatError('wrong-type', 'query/mapping', message)
}
