/** The registry as the server sees it: read from storage slots, as verifiers do; written by encoded calls. */

import { Interface } from 'ethers'
import type { Rpc } from '../../node/rpc.ts'
import {
  anchorSlot,
  decodeAnchor,
  decodeOperator,
  invariant,
  operatorSlot,
  profileSlot,
  parseHash32,
  revokedWordSlot,
  suspendedWordSlot,
} from '../../src/index.ts'
import type { Address, AnchorRecord, BatchRoot, Hash32, OperatorRecord } from '../../src/index.ts'
import { REGISTRY_ABI } from './abi.ts'
import { parseBytes } from './answers.ts'

/** Bits of a role (contract, section Operators). */
export const ROLES = { anchor: 1, suspend: 2, revoke: 4 } as const

/** Certificates a status word. */
export const WORD_BITS = 256

export type StatusWords = { readonly revoked: bigint; readonly suspended: bigint }

const registryInterface = new Interface(REGISTRY_ABI)

export type Registry = {
  readonly address: Address
  /** Undefined where there is no record, or a void one: its operator or issuer was closed by then. */
  anchorOf(issuer: Address, root: BatchRoot): Promise<AnchorRecord | undefined>
  /** The record as it stands, void or not. */
  recordOf(issuer: Address, root: BatchRoot): Promise<AnchorRecord | undefined>
  operatorOf(issuer: Address, operator: Address): Promise<OperatorRecord>
  /** The two words of status bits of the certificates `256 * word + i`; the anchor's flag comes on top. */
  statusOf(issuer: Address, root: BatchRoot, word: number): Promise<StatusWords>
  /** The digest of the issuer's profile; 0 where it has none. */
  profileOf(issuer: Address): Promise<Hash32>
  encode(name: string, args: readonly unknown[]): string
  /** The first topic of an event. */
  topicOf(event: string): string
}

/** Reads at the node's head. Every method throws `UnavailableError` where the node does not answer. */
export function registryOf(rpc: Rpc, address: Address): Registry {
  const word = async (slot: Hash32): Promise<Hash32> => {
    const bytes = parseBytes(await rpc('eth_getStorageAt', [address, slot, 'latest']), 'a slot')
    return parseHash32(`0x${bytes.slice(2).padStart(64, '0')}`, 'a slot')
  }
  const operatorOf = async (issuer: Address, operator: Address): Promise<OperatorRecord> =>
    decodeOperator(await word(operatorSlot(issuer, operator)))
  const recordOf = async (issuer: Address, root: BatchRoot): Promise<AnchorRecord | undefined> => {
    const anchor = decodeAnchor(await word(anchorSlot(issuer, root)))
    return anchor.anchoredAt === 0 ? undefined : anchor
  }
  return {
    address,
    operatorOf,
    recordOf,
    anchorOf: async (issuer, root) => {
      const anchor = await recordOf(issuer, root)
      if (anchor === undefined) return undefined
      const closed = await Promise.all([
        operatorOf(issuer, anchor.operator),
        operatorOf(issuer, issuer),
      ])
      const isVoid = closed.some(
        ({ closedSince }) => closedSince !== 0 && closedSince <= anchor.anchoredAt,
      )
      return isVoid ? undefined : anchor
    },
    statusOf: async (issuer, root, number) => {
      const index = number * WORD_BITS
      const [revoked, suspended] = await Promise.all([
        word(revokedWordSlot(issuer, root, index)),
        word(suspendedWordSlot(issuer, root, index)),
      ])
      return { revoked: BigInt(revoked), suspended: BigInt(suspended) }
    },
    profileOf: (issuer) => word(profileSlot(issuer)),
    encode: (name, args) => registryInterface.encodeFunctionData(name, args),
    topicOf: (event) => {
      const fragment = registryInterface.getEvent(event)
      invariant(fragment !== null, `the registry has the event ${event}`)
      return fragment.topicHash
    },
  }
}
