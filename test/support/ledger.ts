import {
  accreditationCountSlot,
  accreditationSlots,
  anchorSlot,
  concat,
  hexOf,
  keccak256,
  operatorSlot,
  profileSlot,
  revokedWordSlot,
  sha256,
  suspendedWordSlot,
  utf8,
} from '../../src/index.ts'
import type { Address, BatchRoot, Evidence, Hash32 } from '../../src/index.ts'

export const ZERO = `0x${'0'.repeat(64)}` as Hash32

/** 32 bytes that stand for `label`, the same on every run: what a vector needs in place of randomness. */
export function bytesFor(label: string): Uint8Array {
  return sha256(utf8(`inaltera test ${label}`))
}

/** An address that nobody has the key of. */
export function addressFor(label: string): Address {
  return `0x${hexOf(keccak256(bytesFor(label))).slice(-40)}` as Address
}

interface Times {
  readonly from: number
  readonly until: number
  readonly withdrawnSince?: number
  readonly digest?: Hash32
}

/** The registry's storage as a verifier reads it, written without a chain: every slot not written reads as zero. */
export class Ledger {
  readonly #words = new Map<Hash32, bigint>()
  readonly #asked = new Set<Hash32>()

  anchor(
    issuer: Address,
    root: BatchRoot,
    record: { operator: Address; anchoredAt: number; size: number; revoked?: boolean },
  ): this {
    const { operator, anchoredAt, size, revoked = false } = record
    const word =
      BigInt(operator) |
      (BigInt(anchoredAt) << 160n) |
      (BigInt(size) << 200n) |
      (revoked ? 1n << 232n : 0n)
    return this.#set(anchorSlot(issuer, root), word)
  }

  close(issuer: Address, operator: Address, since: number): this {
    return this.#set(operatorSlot(issuer, operator), BigInt(since))
  }

  revoke(issuer: Address, root: BatchRoot, index: number): this {
    return this.#setBit(revokedWordSlot(issuer, root, index), index)
  }

  suspend(issuer: Address, root: BatchRoot, index: number): this {
    return this.#setBit(suspendedWordSlot(issuer, root, index), index)
  }

  profile(issuer: Address, digest: Hash32): this {
    return this.#set(profileSlot(issuer), BigInt(digest))
  }

  accredit(accreditor: Address, issuer: Address, periods: readonly Times[]): this {
    this.#set(accreditationCountSlot(accreditor, issuer), BigInt(periods.length))
    periods.forEach(({ from, until, withdrawnSince = 0, digest = ZERO }, position) => {
      const slots = accreditationSlots(accreditor, issuer, position)
      const word = BigInt(from) | (BigInt(until) << 40n) | (BigInt(withdrawnSince) << 80n)
      this.#set(slots.times, word)
      this.#set(slots.digest, BigInt(digest))
    })
    return this
  }

  /** The word of a slot, as `eth_getStorageAt` answers. */
  wordAt(slot: Hash32): Hash32 {
    this.#asked.add(slot)
    return `0x${(this.#words.get(slot) ?? 0n).toString(16).padStart(64, '0')}` as Hash32
  }

  /** Every word that was written. */
  words(): ReadonlyMap<Hash32, bigint> {
    return this.#words
  }

  #set(slot: Hash32, word: bigint): this {
    this.#words.set(slot, word)
    return this
  }

  #setBit(slot: Hash32, index: number): this {
    return this.#set(slot, (this.#words.get(slot) ?? 0n) | (1n << BigInt(index % 256)))
  }
}

/** The hash of a block that no chain has. */
export function blockHash(number: number): Hash32 {
  return hexOf(keccak256(concat(utf8('block'), utf8(String(number))))) as Hash32
}

/** Evidence with some of its parts replaced. */
export function withChain(
  evidence: Evidence,
  change: Partial<Extract<Evidence['chain'], { observed: true }>>,
): Evidence {
  if (!evidence.chain.observed) throw new Error('this evidence observed nothing')
  return { ...evidence, chain: { ...evidence.chain, ...change } }
}
