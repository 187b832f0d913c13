/**
 * What a request to the gateway asks for (https://specs.ipfs.tech/http-gateways/trustless-gateway/): query parameters go
 * before the Accept header.
 */

import { FormatError, parseCid } from '../../src/index.ts'

export const RAW = 'application/vnd.ipld.raw'
export const CAR = 'application/vnd.ipld.car'

export type Wanted =
  | { readonly format: 'raw' }
  /**
   * `all`: the whole batch below the root; `block`: the root alone, which for what is no UnixFS `entity` means too. `dups`
   * is only told back: no block stands twice in a batch.
   */
  | { readonly format: 'car'; readonly scope: 'all' | 'block'; readonly dups: 'y' | 'n' }

/** `isNamed`: the format stands in the query. */
export type Asked = { readonly cid: string; readonly wanted: Wanted; readonly isNamed: boolean }

/** The empty identity CID, by which clients find out that this is a trustless gateway. */
export const PROBE = 'bafkqaaa'

/** `none` where no format is named at all, `other` where none that is named can be given. */
export type Refused = 'none' | 'other'

type Query = Readonly<Record<string, unknown>>
type Parameters = ReadonlyMap<string, string>

/** Throws `FormatError` naming a query parameter that stands twice or is malformed. */
export function wantedOf(query: Query, accept: string | undefined): Wanted | Refused {
  const format = textOf(query, 'format')
  const scope = scopeOf(query)
  const overrides = new Map(
    (['version', 'order', 'dups'] as const).flatMap((name): [string, string][] => {
      const text = textOf(query, `car-${name}`)
      return text === undefined ? [] : [[name, text]]
    }),
  )
  const ranges = rangesOf(accept)
  if (format === 'raw') return { format }
  if (format === 'car') {
    const [asked] = ranges.filter(({ type }) => type === CAR)
    return carOf(new Map([...(asked?.parameters ?? []), ...overrides]), scope) ?? 'other'
  }
  if (format !== undefined) return 'other'
  for (const { type, parameters } of ranges) {
    if (type === RAW) return { format: 'raw' }
    const car = type === CAR ? carOf(new Map([...parameters, ...overrides]), scope) : undefined
    if (car !== undefined) return car
  }
  return ranges.length === 0 ? 'none' : 'other'
}

/** Undefined for a variant that we do not make; parameters that we do not know change nothing. */
function carOf(parameters: Parameters, scope: 'all' | 'block'): Wanted | undefined {
  const { version = '1', order = 'dfs', dups = 'n' } = Object.fromEntries(parameters)
  if (version !== '1' || !['dfs', 'unk', ''].includes(order)) return undefined
  return dups === 'y' || dups === 'n' ? { format: 'car', scope, dups } : undefined
}

function scopeOf(query: Query): 'all' | 'block' {
  const range = textOf(query, 'entity-bytes')
  if (range !== undefined && !/^-?\d{1,15}:(\*|-?\d{1,15})$/.test(range)) {
    throw new FormatError('wrong-value', 'entity-bytes', 'entity-bytes is no range <from>:<to>')
  }
  const scope = textOf(query, 'dag-scope') ?? (range === undefined ? 'all' : 'entity')
  if (scope === 'all') return 'all'
  if (scope === 'block' || scope === 'entity') return 'block'
  throw new FormatError('wrong-value', 'dag-scope', 'dag-scope is block, entity or all')
}

function textOf(query: Query, name: string): string | undefined {
  const value = query[name]
  if (value === undefined || typeof value === 'string') return value
  throw new FormatError('wrong-type', name, `${name} stands more than once`)
}

/** The media ranges of an Accept header (RFC 9110 section 12.5.1), the most wanted first, without those of weight 0. */
function rangesOf(accept = ''): { type: string; parameters: Parameters; weight: number }[] {
  return accept
    .split(',')
    .map((range) => {
      const [type = '', ...rest] = range.split(';').map((part) => part.trim().toLowerCase())
      const parameters = new Map(
        rest.map((one): [string, string] => {
          const [name = '', value = ''] = one.split('=').map((part) => part.trim())
          return [name, value.replace(/^"(.*)"$/, '$1')]
        }),
      )
      const weight = Number(parameters.get('q') ?? '1')
      return { type, parameters, weight: Number.isFinite(weight) ? weight : 0 }
    })
    .filter(({ type, weight }) => type !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
}

/** Strong where the bytes can never be others; weak for a batch, of which documents may be erased. */
export function etagOf({ cid, wanted }: Asked): string {
  if (wanted.format === 'raw') return `"${cid}.raw"`
  const { scope, dups } = wanted
  const name = `"${cid}.car.${scope}.dfs.${dups}"`
  const isAlone = scope === 'block' || cid === PROBE || parseCid(cid, 'cid').codec === 'raw'
  return isAlone ? name : `W/${name}`
}

export function isStrong(etag: string): boolean {
  return !etag.startsWith('W/')
}

/** Whether an If-None-Match header names this tag (RFC 9110 section 13.1.2). */
export function isKnown(header: string | undefined, etag: string): boolean {
  const known = (header ?? '').split(',').map((one) => one.trim())
  return known.some((one) => one === '*' || one.replace(/^W\//, '') === etag)
}
