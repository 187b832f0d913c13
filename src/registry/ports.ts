import type { Address, Hash32, Hex } from '../primitives/bytes.ts'
import type { Level, NoteCode, UndeterminedCode } from '../primitives/codes.ts'

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

/** Which providers have shown the pinned chain before: any set of texts that outlives one verification. */
export interface Pins {
  has(pin: string): boolean
  add(pin: string): unknown
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
  /** What keeps the level below `proven`; absent where nothing does, or where one provider's word is all there is. */
  readonly shortfalls?: readonly Shortfall[]
  /** What an evidence bundle is made of; absent where the words are not proven or a header does not hash. */
  readonly proof?: ChainProof
  readonly providers: readonly ProviderAnswer[]
}

export interface UnavailableChain {
  readonly observed: false
  readonly code: UndeterminedCode
  readonly providers: readonly ProviderAnswer[]
}

/** Why what the chain said is agreed only: notes of the verdict. */
export type Shortfall = Extract<NoteCode, 'header-not-rehashed' | 'no-storage-proof'>

/** Trie nodes as `eth_getProof` gives them, from the root down, RLP in hex. */
export interface StateProof {
  readonly account: readonly Hex[]
  readonly storage: readonly { readonly slot: Hash32; readonly nodes: readonly Hex[] }[]
}

/** Everything from which the words at a block follow, if only its hash is believed. */
export interface ChainProof extends StateProof {
  /** RLP of the header whose state is proven. */
  readonly header: Hex
  /** RLP of the chain's final block; `null` where there is none, or it does not hash. */
  readonly finalizedHeader: Hex | null
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
