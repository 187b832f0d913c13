/** Strict readers of what a node answers. */

import { UnavailableError } from '../../src/index.ts'

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A quantity of the JSON-RPC, `0x` and hex digits. Throws `UnavailableError`. */
export function parseQuantity(value: unknown, what: string): bigint {
  if (typeof value === 'string' && /^0x[0-9a-f]{1,64}$/i.test(value)) return BigInt(value)
  throw new UnavailableError('bad-answer', `the node gives no number for ${what}`)
}

/** Bytes of the JSON-RPC, lower case. Throws `UnavailableError`. */
export function parseBytes(value: unknown, what: string): `0x${string}` {
  if (typeof value === 'string' && /^0x(?:[0-9a-f]{2})*$/i.test(value)) {
    return `0x${value.slice(2).toLowerCase()}`
  }
  throw new UnavailableError('bad-answer', `the node gives no bytes for ${what}`)
}
