/** Revoking, suspending, reinstating: the same path as an anchor, signed and kept before it is sent. */

import { REASON_CODES } from '../../src/index.ts'
import type { Address, BatchRoot, ReasonCode } from '../../src/index.ts'
import { WORD_BITS } from './registry.ts'
import type { Registry } from './registry.ts'
import type { Sender } from './sender.ts'

export type CertificateStatusChange = {
  readonly action: 'revoke' | 'suspend' | 'reinstate'
  readonly issuer: Address
  readonly root: BatchRoot
  readonly indexes: readonly number[]
  readonly reason: ReasonCode
  /** Names this request among the kept transactions. */
  readonly id: string
}

export type StatusPort = {
  /** Resolves when the chain says so; the hashes of what was sent, none where it said so already. */
  change(change: CertificateStatusChange): Promise<string[]>
  revokeBatch(issuer: Address, root: BatchRoot, reason: ReasonCode, id: string): Promise<string[]>
}

/** About 600 words fit under the cap of 2^24 gas a transaction. */
const WORDS_AT_ONCE = 500

export function statusPortOf(registry: Registry, sender: Sender): StatusPort {
  return {
    change: (change) =>
      change.action === 'revoke'
        ? revoke(registry, sender, change)
        : changeWords(registry, sender, change),
    revokeBatch: async (issuer, root, reason, id) => {
      const hash = await sender.send({
        intent: `revoke-batch:${id}`,
        to: registry.address,
        data: registry.encode('revokeBatch', [issuer, root, reasonNumber(reason)]),
        isDone: async () => (await registry.anchorOf(issuer, root))?.revoked === true,
      })
      return hash === undefined ? [] : [hash]
    },
  }
}

/** The number of a reason in the contract: its position in the closed list. */
export function reasonNumber(reason: ReasonCode): number {
  return REASON_CODES.indexOf(reason)
}

type Word = { readonly word: number; readonly mask: bigint }

/** Words of 256 certificates with the bits of the indexes, in order. */
export function wordsOf(indexes: readonly number[]): Word[] {
  const words = new Map<number, bigint>()
  for (const index of indexes.toSorted((a, b) => a - b)) {
    const word = Math.floor(index / WORD_BITS)
    words.set(word, (words.get(word) ?? 0n) | (1n << BigInt(index % WORD_BITS)))
  }
  return [...words].map(([word, mask]) => ({ word, mask }))
}

async function revoke(
  registry: Registry,
  sender: Sender,
  { issuer, root, indexes, reason, id }: CertificateStatusChange,
): Promise<string[]> {
  const words = wordsOf(indexes)
  const hashes: string[] = []
  for (let start = 0; start < words.length; start += WORDS_AT_ONCE) {
    const some = words.slice(start, start + WORDS_AT_ONCE)
    const numbers = some.map(({ word }) => word)
    const masks = some.map(({ mask }) => mask)
    const hash = await sender.send({
      intent: `revoke:${id}:${start}`,
      to: registry.address,
      data: registry.encode('revokeMany', [issuer, root, numbers, masks, reasonNumber(reason)]),
      isDone: async () => {
        for (const { word, mask } of some) {
          const { revoked } = await registry.statusOf(issuer, root, word)
          if ((revoked & mask) !== mask) return false
        }
        return true
      },
    })
    if (hash !== undefined) hashes.push(hash)
  }
  return hashes
}

async function changeWords(
  registry: Registry,
  sender: Sender,
  { action, issuer, root, indexes, reason, id }: CertificateStatusChange,
): Promise<string[]> {
  const hashes: string[] = []
  for (const word of wordsOf(indexes)) {
    const place = [issuer, root, word.word, word.mask]
    const isSuspend = action === 'suspend'
    const hash = await sender.send({
      intent: `${action}:${id}:${word.word}`,
      to: registry.address,
      data: registry.encode(action, isSuspend ? [...place, reasonNumber(reason)] : place),
      isDone: async () => {
        const { suspended } = await registry.statusOf(issuer, root, word.word)
        return (suspended & word.mask) === (isSuspend ? word.mask : 0n)
      },
      isReversible: true,
    })
    if (hash !== undefined) hashes.push(hash)
  }
  return hashes
}
