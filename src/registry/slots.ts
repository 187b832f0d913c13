import { bytesOfHex, hexInto, hexOf } from '../primitives/bytes.ts'
import type { Address, BatchRoot, Hash32, Hex } from '../primitives/bytes.ts'
import { keccak256 } from '../primitives/hash.ts'

/**
 * Where the registry keeps what a verifier reads, and how a word is laid out (SPEC section 10). A test compares these with
 * the layout that the compiler reports and with a chain's own words.
 */

/** The word of a slot that was never written. */
export const ZERO_WORD = `0x${'0'.repeat(64)}` as Hash32

const BATCHES = slotOf(0n)
const OPERATORS = slotOf(1n)
const ACCREDITATIONS = slotOf(2n)
const PROFILES = slotOf(3n)
const NONCES = slotOf(4n)
const WORD_BITS = 256
const SLOTS_OF_A_PERIOD = 2n

/** A batch's record; `anchoredAt` (Unix seconds) is 0 where there is none. */
export interface AnchorRecord {
  readonly operator: Address
  readonly anchoredAt: number
  readonly size: number
  readonly revoked: boolean
}

/** A key's standing with an issuer; `closedSince` (Unix seconds) is 0 where it was never closed. */
export interface OperatorRecord {
  readonly closedSince: number
  readonly roles: number
}

/** A period of trust, in Unix seconds; `withdrawnSince` is 0 where it was not withdrawn. */
export interface AccreditationRecordTimes {
  readonly from: number
  readonly until: number
  readonly withdrawnSince: number
}

/** The slot of an anchor. */
export function anchorSlot(issuer: Address, root: BatchRoot): Hash32 {
  return batchBase(issuer, root)
}

/** The slot of the word in which certificate `index` has its revocation bit. */
export function revokedWordSlot(issuer: Address, root: BatchRoot, index: number): Hash32 {
  return mapped(slotOf(wordOf(index)), after(batchBase(issuer, root), 1n))
}

/** The slot of the word in which certificate `index` has its suspension bit. */
export function suspendedWordSlot(issuer: Address, root: BatchRoot, index: number): Hash32 {
  return mapped(slotOf(wordOf(index)), after(batchBase(issuer, root), 2n))
}

/** The slot of an operator's record; with `operator` the issuer itself, it tells whether the issuer retired. */
export function operatorSlot(issuer: Address, operator: Address): Hash32 {
  return remembered('operator', issuer, operator)
}

/** The slot that counts the periods an accreditor gave an issuer. */
export function accreditationCountSlot(accreditor: Address, issuer: Address): Hash32 {
  return periodsBase(accreditor, issuer)
}

/** The two slots of period `period` (from 0) of an accreditation. */
export function accreditationSlots(
  accreditor: Address,
  issuer: Address,
  period: number,
): { readonly times: Hash32; readonly digest: Hash32 } {
  const list = hexOf(keccak256(bytesOfHex(periodsBase(accreditor, issuer)))) as Hash32
  const times = after(list, SLOTS_OF_A_PERIOD * BigInt(period))
  return { times, digest: after(times, 1n) }
}

/** The slot of the digest of an issuer's profile. */
export function profileSlot(issuer: Address): Hash32 {
  return mapped(padded(issuer), PROFILES)
}

/** The slot of an operator's next nonce. */
export function nonceSlot(operator: Address): Hash32 {
  return mapped(padded(operator), NONCES)
}

/** operator 160 · anchoredAt 40 · size 32 · revoked 1, from the lowest bit up. */
export function decodeAnchor(word: Hash32): AnchorRecord {
  return {
    operator: `0x${word.slice(-40)}` as Address,
    anchoredAt: fieldOf(word, 160n, 40n),
    size: fieldOf(word, 200n, 32n),
    revoked: fieldOf(word, 232n, 1n) === 1,
  }
}

/** closedSince 40 · roles 8. */
export function decodeOperator(word: Hash32): OperatorRecord {
  return { closedSince: fieldOf(word, 0n, 40n), roles: fieldOf(word, 40n, 8n) }
}

/** from 40 · until 40 · withdrawnSince 40. */
export function decodeAccreditation(word: Hash32): AccreditationRecordTimes {
  return {
    from: fieldOf(word, 0n, 40n),
    until: fieldOf(word, 40n, 40n),
    withdrawnSince: fieldOf(word, 80n, 40n),
  }
}

/** The length of a list; a count that no chain could hold reads as the largest safe integer. */
export function decodeCount(word: Hash32): number {
  const count = BigInt(word)
  return count > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(count)
}

/** Whether certificate `index` has its bit set in its word. */
export function bitOf(word: Hash32, index: number): boolean {
  return fieldOf(word, BigInt(index % WORD_BITS), 1n) === 1
}

function batchBase(issuer: Address, root: BatchRoot): Hash32 {
  return remembered('batch', issuer, root)
}

function periodsBase(accreditor: Address, issuer: Address): Hash32 {
  return mapped(padded(issuer), mapped(padded(accreditor), ACCREDITATIONS))
}

/** Whoever verifies many certificates of one batch asks for the same few slots each time. */
const REMEMBERED = new Map<string, Hash32>()
const MOST_REMEMBERED = 256

function remembered(what: 'batch' | 'operator', issuer: Address, of: Address | BatchRoot): Hash32 {
  const key = `${what}${issuer}${of}`
  const known = REMEMBERED.get(key)
  if (known !== undefined) return known
  const slot = mapped(padded(of), mapped(padded(issuer), what === 'batch' ? BATCHES : OPERATORS))
  if (REMEMBERED.size >= MOST_REMEMBERED) REMEMBERED.clear()
  REMEMBERED.set(key, slot)
  return slot
}

/** Solidity's `keccak256(key ‖ slot)`, both of 32 bytes: where a mapping keeps the value of a key. */
function mapped(key: Hash32, slot: Hash32): Hash32 {
  const preimage = new Uint8Array(64)
  hexInto(key, preimage, 0)
  hexInto(slot, preimage, 32)
  return hexOf(keccak256(preimage)) as Hash32
}

/** The place of the status word in which certificate `index` has its bit. */
export function wordOf(index: number): bigint {
  return BigInt(Math.floor(index / WORD_BITS))
}

function slotOf(value: bigint): Hash32 {
  return `0x${BigInt.asUintN(256, value).toString(16).padStart(64, '0')}` as Hash32
}

/** The slot so many behind another. */
function after(slot: Hash32, by: bigint): Hash32 {
  return slotOf(BigInt(slot) + by)
}

/** As many zeros before it as make 32 bytes of it. */
function padded(hex: Hex): Hash32 {
  return `0x${hex.slice(2).padStart(64, '0')}` as Hash32
}

function fieldOf(word: Hex, offset: bigint, bits: bigint): number {
  return Number(BigInt.asUintN(Number(bits), BigInt(word) >> offset))
}
