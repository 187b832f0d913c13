import type { Address, Hash32 } from '../primitives/bytes.ts'
import type { Level, UndeterminedCode } from '../primitives/codes.ts'

/** One provider's JSON-RPC, as EIP-1193 has it; it rejects where the provider answers an error or not at all. */
export type Request = (call: { method: string; params: readonly unknown[] }) => Promise<unknown>

/** The registry to look at, and what it is recognised by. */
export interface RegistryTarget {
  /** Decimal, without leading zeros. */
  readonly chainId: string
  readonly registry: Address
  readonly genesis: Hash32
  readonly codeHash: Hash32
  /** The chain's own tag, or so many blocks below the head. */
  readonly finality: 'finalized' | number
}

/** Storage words by slot; a slot that is not here was not read, it is not zero. */
export type Storage = Readonly<Record<Hash32, Hash32>>

/** What the chain said, or why it said nothing that counts. */
export type ChainEvidence = ObservedChain | UnavailableChain

export interface ObservedChain {
  readonly observed: true
  readonly level: Level
  readonly block: BlockEvidence
  /** The newest block that the chain calls final; `null` where it names none yet. */
  readonly finalized: BlockEvidence | null
  /** The registry's words at `block`. */
  readonly storage: Storage
  readonly providers: readonly ProviderAnswer[]
}

export interface UnavailableChain {
  readonly observed: false
  readonly code: UndeterminedCode
  readonly providers: readonly ProviderAnswer[]
}

export interface BlockEvidence {
  readonly number: number
  readonly hash: Hash32
  /** Unix seconds. */
  readonly timestamp: number
}

export interface ProviderAnswer {
  /** The provider's host, never its whole address: a path often holds a key. */
  readonly provider: string
  readonly outcome: 'answered' | UndeterminedCode
  readonly detail?: string
}
