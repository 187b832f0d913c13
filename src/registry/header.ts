import { bytesOfHex, hexOf } from '../primitives/bytes.ts'
import type { Hash32, Hex } from '../primitives/bytes.ts'
import { FormatError } from '../primitives/errors.ts'
import { keccak256 } from '../primitives/hash.ts'
import { readBlock } from './answers.ts'
import type { BlockEvidence } from './ports.ts'
import { decodeRlpList, encodeRlp, isList } from './rlp.ts'
import type { RlpItem } from './rlp.ts'

/** A header as far as it is known: the state root and the bytes are `null` where they could not be had. */
export interface Header extends BlockEvidence {
  readonly stateRoot: Hash32 | null
  /** RLP whose keccak256 is `hash`; `null` where encoding the answer again does not give the hash. */
  readonly rlp: Hex | null
}

/** A header whose bytes give its hash: nothing in it rests on anybody's word once the hash does not. */
export interface HashedHeader extends Header {
  readonly stateRoot: Hash32
  readonly rlp: Hex
}

const QUANTITY = 'quantity'
const ANY_LENGTH = 'any length'
type Kind = typeof QUANTITY | typeof ANY_LENGTH | number

/** The members of a header in the order of its encoding (SPEC section 13.4), those of every fork so far. */
const FRONTIER: readonly (readonly [name: string, kind: Kind])[] = [
  ['parentHash', 32],
  ['sha3Uncles', 32],
  ['miner', 20],
  ['stateRoot', 32],
  ['transactionsRoot', 32],
  ['receiptsRoot', 32],
  ['logsBloom', 256],
  ['difficulty', QUANTITY],
  ['number', QUANTITY],
  ['gasLimit', QUANTITY],
  ['gasUsed', QUANTITY],
  ['timestamp', QUANTITY],
  ['extraData', ANY_LENGTH],
  ['mixHash', 32],
  ['nonce', 8],
]
const LATER: readonly (readonly [name: string, kind: Kind])[] = [
  ['baseFeePerGas', QUANTITY], // London, EIP-1559
  ['withdrawalsRoot', 32], // Shanghai, EIP-4895
  ['blobGasUsed', QUANTITY], // Cancun, EIP-4844
  ['excessBlobGas', QUANTITY],
  ['parentBeaconBlockRoot', 32], // Cancun, EIP-4788
  ['requestsHash', 32], // Prague, EIP-7685
  ['blockAccessListHash', 32], // Amsterdam, EIP-7928
  ['slotNumber', QUANTITY], // Amsterdam, EIP-7843
]
const STATE_ROOT = 3
const NUMBER = 8
const TIMESTAMP = 11
/** Unix seconds in 40 bits, as the registry stores them. */
const MAX_TIME = 2 ** 40 - 1

/**
 * Reads a block that JSON-RPC answers; `null` where there is none.
 * @throws FormatError where number, hash or time are not what Ethereum's API specifies
 */
export function headerOfAnswer(answer: unknown, field: string): Header | null {
  const block = readBlock(answer, field)
  if (block === null) return null
  const members = answer as Readonly<Record<string, unknown>>
  const rlp = encodeHeader(members)
  if (rlp !== undefined && hexOf(keccak256(rlp)) === block.hash) return headerOfRlp(hexOf(rlp))
  const stateRoot = bytesOf(members['stateRoot'], 32)
  return {
    ...block,
    stateRoot: stateRoot === undefined ? null : (hexOf(stateRoot) as Hash32),
    rlp: null,
  }
}

/** Reads a header's own bytes. @throws FormatError where they are not the RLP of one */
export function headerOfRlp(rlp: Hex): HashedHeader {
  const bytes = bytesOfHex(rlp)
  const items = decodeRlpList(bytes, 'header')
  if (items.length < FRONTIER.length) {
    throw new FormatError('missing-member', 'header', 'a header has at least 15 items')
  }
  const stateRoot = items[STATE_ROOT]
  if (stateRoot === undefined || isList(stateRoot) || stateRoot.length !== 32) {
    throw new FormatError('wrong-type', 'header', 'the state root is not 32 bytes')
  }
  return {
    number: numberIn(items[NUMBER], Number.MAX_SAFE_INTEGER),
    hash: hexOf(keccak256(bytes)) as Hash32,
    timestamp: numberIn(items[TIMESTAMP], MAX_TIME),
    stateRoot: hexOf(stateRoot) as Hash32,
    rlp,
  }
}

/** The RLP of an answer's members, or `undefined` where one is missing or malformed. */
function encodeHeader(members: Readonly<Record<string, unknown>>): Uint8Array | undefined {
  const present = LATER.findLastIndex(([name]) => (members[name] ?? null) !== null) + 1
  const items: Uint8Array[] = []
  for (const [name, kind] of [...FRONTIER, ...LATER.slice(0, present)]) {
    const item = bytesOf(members[name], kind)
    if (item === undefined) return undefined
    items.push(item)
  }
  return encodeRlp(items)
}

function bytesOf(value: unknown, kind: Kind): Uint8Array | undefined {
  if (typeof value !== 'string' || !/^0x[0-9a-f]*$/i.test(value)) return undefined
  const digits = value.slice(2).toLowerCase()
  if (kind === QUANTITY) {
    const bare = digits.replace(/^0+/, '')
    return bytesOfHex(`0x${bare.length % 2 === 1 ? '0' : ''}${bare}`)
  }
  if (digits.length % 2 === 1 || (kind !== ANY_LENGTH && digits.length !== 2 * kind)) {
    return undefined
  }
  return bytesOfHex(`0x${digits}`)
}

function numberIn(item: RlpItem | undefined, max: number): number {
  if (item === undefined || isList(item) || item.length > 8 || item[0] === 0) {
    throw new FormatError('wrong-type', 'header', 'an item is not a number')
  }
  const value = item.reduce((sum, byte) => sum * 256 + byte, 0)
  if (value > max) throw new FormatError('out-of-range', 'header', 'an item is too large a number')
  return value
}
