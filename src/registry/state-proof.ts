import { bytesOfHex, hexOf } from '../primitives/bytes.ts'
import type { Address, Hash32, Hex } from '../primitives/bytes.ts'
import { FormatError } from '../primitives/errors.ts'
import { keccak256 } from '../primitives/hash.ts'
import type { StateProof, Storage } from './ports.ts'
import { decodeRlp, decodeRlpList, isList } from './rlp.ts'
import type { RlpItem } from './rlp.ts'
import { ZERO_WORD } from './slots.ts'
import { nodeReader, proveKey } from './trie.ts'
import type { NodeReader } from './trie.ts'

/** What a state proof shows: the code at the registry's address and its words, or why it shows nothing. */
export type ProvenState =
  | {
      readonly holds: true
      /** `undefined` where there is no account at the address. */
      readonly codeHash: Hash32 | undefined
      readonly words: Storage
    }
  | { readonly holds: false; readonly detail: string }

interface Account {
  readonly storageRoot: Hash32
  readonly codeHash: Hash32
}

class Unproven extends Error {}

/** Proves the registry's account and each slot of its storage against a block's state root (SPEC section 14.3). */
export function proveState(stateRoot: Hash32, registry: Address, proof: StateProof): ProvenState {
  const read = nodeReader()
  try {
    const account = accountIn(stateRoot, registry, proof.account, read)
    if (account === undefined) return { holds: true, codeHash: undefined, words: {} }
    const words = proof.storage.map(
      ({ slot, nodes }) => [slot, wordIn(account.storageRoot, slot, nodes, read)] as const,
    )
    return { holds: true, codeHash: account.codeHash, words: Object.fromEntries(words) }
  } catch (error) {
    if (error instanceof Unproven || error instanceof FormatError) {
      return { holds: false, detail: error.message }
    }
    throw error
  }
}

function accountIn(
  stateRoot: Hash32,
  registry: Address,
  nodes: readonly Hex[],
  read: NodeReader,
): Account | undefined {
  const value = valueIn(stateRoot, registry, nodes, read)
  if (value === undefined) return undefined
  const items = decodeRlpList(value, 'account')
  const [, , storageRoot, codeHash] = items
  if (items.length !== 4) throw new Unproven('an account has four items')
  return { storageRoot: hashOf(storageRoot), codeHash: hashOf(codeHash) }
}

function wordIn(
  storageRoot: Hash32,
  slot: Hash32,
  nodes: readonly Hex[],
  read: NodeReader,
): Hash32 {
  const value = valueIn(storageRoot, slot, nodes, read)
  if (value === undefined) return ZERO_WORD
  const word = decodeRlp(value, slot)
  // An empty string is zero too: Anvil keeps in its trie the zeros that a contract has looked at; other chains keep none.
  if (isList(word) || word.length > 32 || word[0] === 0) {
    throw new Unproven(`${slot} holds no word`)
  }
  return `0x${hexOf(word).slice(2).padStart(64, '0')}` as Hash32
}

/** The value under keccak256 of a name: an address in the state, a slot in an account's storage. */
function valueIn(
  root: Hash32,
  name: Hex,
  nodes: readonly Hex[],
  read: NodeReader,
): Uint8Array | undefined {
  const proven = proveKey(root, keccak256(bytesOfHex(name)), nodes, read)
  if (!proven.holds) throw new Unproven(`the proof of ${name} does not hold: ${proven.fault}`)
  return proven.value
}

function hashOf(item: RlpItem | undefined): Hash32 {
  if (item === undefined || isList(item) || item.length !== 32) {
    throw new Unproven('an account names its storage and its code by 32 bytes each')
  }
  return hexOf(item) as Hash32
}
