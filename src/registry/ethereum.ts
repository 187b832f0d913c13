import { bytesOfHex, hexOf } from '../primitives/bytes.ts'
import type { Address, Hash32, Hex } from '../primitives/bytes.ts'
import { FormatError } from '../primitives/errors.ts'
import { keccak256 } from '../primitives/hash.ts'
import { readCode, readQuantity, readWord } from './answers.ts'
import { headerOfAnswer } from './header.ts'
import type { Header } from './header.ts'
import type { Pins, RegistryTarget, Request, StateProof, Storage } from './ports.ts'
import { Refusal } from './roll.ts'

/** What one provider is asked, by Ethereum's JSON-RPC API, and how its answers are read: in form only. */

/** One provider and the name under which the evidence speaks of it. */
export interface Provider {
  readonly name: string
  readonly url: string
  readonly request: Request
}

/** Rounds of reading in which one word tells which to read next: an anchor its operator, a count its periods. */
export const MAX_ROUNDS = 4
/** go-ethereum proves at most 1,024 slots in one call. */
export const MAX_SLOTS = 1_000
/** A key of 64 nibbles has at most so many nodes on its path. */
const MAX_NODES = 65
const MAX_NODE_BYTES = 1_024

/** What a provider says of itself and of its chain before it is asked for anything that counts. */
export interface Introduction {
  readonly head: number
  /** The number of the block it tags `finalized`; `null` where it tags none, or was not asked. */
  readonly finalized: number | null
  /** Words at its head: guesses of which slots to ask for, and nothing else. */
  readonly guess: Storage
}

/**
 * Everything to ask of a provider first, in one round trip.
 * @param leading slots whose words tell which others are needed
 * @throws Refusal `wrong-network`, FormatError, or what the request throws
 */
export async function introduce(
  { url, request }: Provider,
  target: RegistryTarget,
  leading: readonly Hash32[],
  pins: Pins | undefined,
): Promise<Introduction> {
  const [chainId, head, genesis, finalized, guess] = await Promise.all([
    call(request, 'eth_chainId'),
    call(request, 'eth_blockNumber'),
    isPinned(url, target, pins) ? target.genesis : genesisOf(request),
    target.finality === 'finalized' ? finalizedNumber(request) : null,
    wordsGuessed(request, target.registry, leading),
  ])
  const served = readQuantity(chainId, 'eth_chainId')
  if (String(served) !== target.chainId) {
    throw new Refusal('wrong-network', `serves chain ${served}, not ${target.chainId}`)
  }
  if (genesis !== target.genesis) {
    throw new Refusal('wrong-network', 'its first block is not the pinned one')
  }
  pins?.add(pinOf(url, target))
  return { head: readQuantity(head, 'eth_blockNumber'), finalized, guess }
}

/** The header of block `number`, `null` where the provider has none. */
export async function headerAt(request: Request, number: number): Promise<Header | null> {
  const answer = await call(request, 'eth_getBlockByNumber', quantity(number), false)
  const header = headerOfAnswer(answer, 'eth_getBlockByNumber')
  if (header !== null && header.number !== number) {
    throw new FormatError('wrong-value', 'eth_getBlockByNumber', `block ${number} was not given`)
  }
  return header
}

/** One `eth_getProof`: nodes for the account and, by position, for each of the slots asked for. */
export async function stateProofAt(
  request: Request,
  registry: Address,
  slots: readonly Hash32[],
  number: number,
): Promise<StateProof> {
  const answer = await call(request, 'eth_getProof', registry, slots, quantity(number))
  const { accountProof, storageProof } = objectOf(answer)
  if (!Array.isArray(storageProof) || storageProof.length !== slots.length) {
    throw new FormatError('wrong-value', 'eth_getProof', 'not one proof for each slot')
  }
  const storage = slots.map((slot, at) => ({
    slot,
    nodes: nodesOf(objectOf((storageProof as unknown[])[at])['proof']),
  }))
  return { account: nodesOf(accountProof), storage }
}

/** The registry's code and words on one provider's word, all at block `number` of hash `hash`. */
export async function wordsAt(
  request: Request,
  target: RegistryTarget,
  { number, hash }: Header,
  slotsNeeded: (storage: Storage) => readonly Hash32[],
): Promise<{ readonly codeHash: Hash32; readonly words: Storage }> {
  const { registry } = target
  const [code, words] = await Promise.all([
    call(request, 'eth_getCode', registry, quantity(number)),
    wordsInRounds(request, registry, slotsNeeded, quantity(number)),
  ])
  const again = await headerAt(request, number)
  if (again?.hash !== hash) {
    throw new Refusal('providers-disagree', 'the block was replaced while the registry was read')
  }
  const bytes = bytesOfHex(`0x${readCode(code, 'eth_getCode')}`)
  return { codeHash: hexOf(keccak256(bytes)) as Hash32, words }
}

async function wordsInRounds(
  request: Request,
  registry: Address,
  slotsNeeded: (storage: Storage) => readonly Hash32[],
  at: string,
): Promise<Storage> {
  let words: Storage = {}
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const missing = slotsNeeded(words).filter((slot) => !Object.hasOwn(words, slot))
    if (missing.length === 0) break
    words = { ...words, ...(await wordsOf(request, registry, missing, at)) }
  }
  return words
}

async function wordsOf(
  request: Request,
  registry: Address,
  slots: readonly Hash32[],
  at: string,
): Promise<Storage> {
  const words = await Promise.all(
    slots.slice(0, MAX_SLOTS).map(async (slot) => {
      const word = await call(request, 'eth_getStorageAt', registry, slot, at)
      return [slot, readWord(word, 'eth_getStorageAt')] as const
    }),
  )
  return Object.fromEntries(words)
}

async function wordsGuessed(
  request: Request,
  registry: Address,
  slots: readonly Hash32[],
): Promise<Storage> {
  try {
    return await wordsOf(request, registry, slots, 'latest')
  } catch {
    // A guess that is not had costs a round trip, and is nothing to hold against the provider.
    return {}
  }
}

async function genesisOf(request: Request): Promise<Hash32 | null> {
  return (await headerAt(request, 0))?.hash ?? null
}

async function finalizedNumber(request: Request): Promise<number | null> {
  try {
    const answer = await call(request, 'eth_getBlockByNumber', 'finalized', false)
    return headerOfAnswer(answer, 'eth_getBlockByNumber')?.number ?? null
  } catch {
    // Some providers know no such tag; the others may, and without a quorum of them nothing is final.
    return null
  }
}

function isPinned(url: string, target: RegistryTarget, pins: Pins | undefined): boolean {
  return pins?.has(pinOf(url, target)) ?? false
}

function pinOf(url: string, { chainId, genesis }: RegistryTarget): string {
  return `${url} ${chainId} ${genesis}`
}

function nodesOf(answer: unknown): Hex[] {
  if (!Array.isArray(answer) || answer.length > MAX_NODES) {
    throw new FormatError('wrong-type', 'eth_getProof', 'not a list of nodes')
  }
  return answer.map((node: unknown) => {
    const digits = readCode(lowerCase(node), 'eth_getProof')
    if (digits.length > 2 * MAX_NODE_BYTES) {
      throw new FormatError('too-large', 'eth_getProof', 'a node is too long')
    }
    return `0x${digits}` as const
  })
}

function lowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value
}

function objectOf(answer: unknown): Readonly<Record<string, unknown>> {
  if (typeof answer === 'object' && answer !== null) return answer as Record<string, unknown>
  throw new FormatError('wrong-type', 'eth_getProof', 'not a proof')
}

/** Rejects where the request throws: what was asked beside it is then not left without anybody who waits for it. */
async function call(
  request: Request,
  method: string,
  ...params: readonly unknown[]
): Promise<unknown> {
  return await request({ method, params })
}

function quantity(value: number): string {
  return `0x${value.toString(16)}`
}
