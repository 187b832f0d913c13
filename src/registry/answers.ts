import { parseAddress, parseHash32 } from '../primitives/bytes.ts'
import type { Address, Hash32 } from '../primitives/bytes.ts'
import { FormatError } from '../primitives/errors.ts'
import type { BlockEvidence } from './ports.ts'

/** Unix seconds in 40 bits, as the registry stores them. */
const MAX_TIME = 2 ** 40 - 1

/** Strict readers of JSON-RPC answers: a provider is believed in form only as far as Ethereum's API specifies it. */

/** A quantity: `0x` and hex digits without leading zeros, up to 2^53 − 1. @throws FormatError */
export function readQuantity(answer: unknown, field: string): number {
  if (typeof answer !== 'string' || !/^0x(0|[1-9a-f][0-9a-f]{0,13})$/.test(answer)) {
    throw new FormatError('wrong-type', field, 'not a quantity')
  }
  const value = Number(answer)
  if (!Number.isSafeInteger(value)) throw new FormatError('out-of-range', field, 'beyond 2^53 − 1')
  return value
}

/** A 32-byte word. @throws FormatError */
export function readWord(answer: unknown, field: string): Hash32 {
  return parseHash32(answer, field)
}

/** Byte code of any length, as hex digits after `0x`. @throws FormatError */
export function readCode(answer: unknown, field: string): string {
  if (typeof answer !== 'string' || !/^0x([0-9a-f]{2})*$/.test(answer)) {
    throw new FormatError('not-canonical-hex', field, 'not bytes in hex')
  }
  return answer.slice(2)
}

/** Number, hash and time of a block; `null` where there is no such block. @throws FormatError */
export function readBlock(answer: unknown, field: string): BlockEvidence | null {
  if (answer === null) return null
  if (typeof answer !== 'object') throw new FormatError('wrong-type', field, 'not a block')
  const { number, hash, timestamp } = answer as Record<string, unknown>
  const time = readQuantity(timestamp, `${field}/timestamp`)
  if (time > MAX_TIME) throw new FormatError('out-of-range', `${field}/timestamp`, 'beyond 40 bits')
  return {
    number: readQuantity(number, `${field}/number`),
    hash: readWord(hash, `${field}/hash`),
    timestamp: time,
  }
}

/** The address in an indexed topic of a log. @throws FormatError */
export function readAddressTopic(answer: unknown, field: string): Address {
  const word = readWord(answer, field)
  return parseAddress(`0x${word.slice(26)}`, field)
}
