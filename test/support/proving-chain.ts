/** A chain in memory whose blocks hash and whose state can be proven: a ledger's words under a real state root. */
import { createMerkleProof, createMPT } from '@ethereumjs/mpt'
import type { MerklePatriciaTrie } from '@ethereumjs/mpt'
import { encodeRlp, keccak256, toBeHex } from 'ethers'
import { bytesOfHex, hexOf, parseHash32, REGISTRY_CODE_HASH } from '../../src/index.ts'
import type { Address, Hash32, Hex, Request } from '../../src/index.ts'
import type { Ledger } from './ledger.ts'
import { RUNTIME_CODE } from './provider.ts'

const HEAD = 102
const FINAL = 90
const SECONDS_A_BLOCK = 12
const EMPTY = '0x'
const HASH = `0x${'11'.repeat(32)}`

/** Members of a header that each fork added, with values to fill them. */
const LATER = {
  london: [['baseFeePerGas', '0x7']],
  shanghai: [['withdrawalsRoot', HASH]],
  cancun: [
    ['blobGasUsed', '0x0'],
    ['excessBlobGas', '0x20000'],
    ['parentBeaconBlockRoot', HASH],
  ],
  prague: [['requestsHash', HASH]],
  amsterdam: [
    ['blockAccessListHash', HASH],
    ['slotNumber', '0x12345'],
  ],
  unknown: [['somethingNew', '0x9']],
} as const
export type Fork = keyof typeof LATER
export const FORKS = Object.keys(LATER) as Fork[]

export interface ProvingChain {
  readonly genesis: Hash32
  /** Answers honestly; whatever it answers is a copy. */
  readonly request: Request
  /** A block as JSON-RPC gives it. */
  blockAt(number: number): Record<string, unknown>
}

interface Parts {
  readonly ledger: Ledger
  readonly registry: Address
  /** Time of block 100, two below the head. */
  readonly headTime: number
  readonly fork?: Fork
}

export async function provingChain({
  ledger,
  registry,
  headTime,
  fork = 'prague',
}: Parts): Promise<ProvingChain> {
  const storage = await trieOf(
    [...ledger.words()].map(([slot, word]) => [slot, toBeHex(word)] as const),
  )
  const account = encodeRlp(['0x01', EMPTY, hexOf(storage.root()), REGISTRY_CODE_HASH])
  const others = Array.from({ length: 40 }, (_, at) => keccak256(toBeHex(at)).slice(0, 42))
  const state = await trieOf(
    [[registry, account], ...others.map((one) => [one, account] as const)],
    {
      raw: true,
    },
  )
  const stateRoot = hexOf(state.root())
  const blockAt = (number: number): Record<string, unknown> =>
    header(number, headTime + (number - 100) * SECONDS_A_BLOCK, stateRoot, fork)
  const proofOf = async (address: string, slots: readonly string[]): Promise<unknown> => ({
    address,
    accountProof: await nodesOf(state, address),
    storageProof: await Promise.all(
      slots.map(async (key) => ({ key, value: '0x0', proof: await nodesOf(storage, key) })),
    ),
  })
  const request: Request = async ({ method, params }) => {
    switch (method) {
      case 'eth_chainId':
        return '0x7a69'
      case 'eth_blockNumber':
        return toBeHexShort(HEAD)
      case 'eth_getBlockByNumber':
        return params[0] === 'finalized' ? blockAt(FINAL) : known(Number(params[0]), blockAt)
      case 'eth_getProof':
        return await proofOf(String(params[0]), params[1] as string[])
      case 'eth_getStorageAt':
        return ledger.wordAt(params[1] as Hash32)
      case 'eth_getCode':
        return RUNTIME_CODE
      case 'eth_getLogs':
        return []
      default:
        throw new Error(`no method ${method}`)
    }
  }
  return { genesis: parseHash32(blockAt(0)['hash'], 'genesis'), request, blockAt }
}

function known(number: number, blockAt: (number: number) => unknown): unknown {
  return number <= HEAD ? blockAt(number) : null
}

function header(
  number: number,
  timestamp: number,
  stateRoot: string,
  fork: Fork,
): Record<string, unknown> {
  const members: Record<string, string> = {
    parentHash: HASH,
    sha3Uncles: HASH,
    miner: `0x${'22'.repeat(20)}`,
    stateRoot,
    transactionsRoot: HASH,
    receiptsRoot: HASH,
    logsBloom: `0x${'00'.repeat(256)}`,
    difficulty: '0x0',
    number: toBeHexShort(number),
    gasLimit: '0x1c9c380',
    gasUsed: '0x5208',
    timestamp: toBeHexShort(timestamp),
    extraData: '0x616e76696c',
    mixHash: HASH,
    nonce: '0x0000000000000000',
  }
  for (const name of FORKS) {
    for (const [member, value] of LATER[name]) members[member] = value
    if (name === fork) break
  }
  const hash = keccak256(encodeRlp(Object.values(members).map(rlpItem)))
  return { ...members, hash, size: '0x220', transactions: [], uncles: [] }
}

/** Whole numbers are written without leading zeros, zero as nothing; fixed bytes as they are. */
function rlpItem(value: string): string {
  if (value.length >= 18 || value === '0x616e76696c') return value
  return BigInt(value) === 0n ? EMPTY : toBeHex(BigInt(value))
}

function toBeHexShort(value: number): string {
  return `0x${value.toString(16)}`
}

async function trieOf(
  entries: readonly (readonly [name: string, value: string])[],
  { raw = false } = {},
): Promise<MerklePatriciaTrie> {
  const trie = await createMPT({ useKeyHashing: true })
  for (const [name, value] of entries) {
    if (!raw && BigInt(value) === 0n) continue
    await trie.put(bytesOfHex(name as Hex), bytesOfHex((raw ? value : encodeRlp(value)) as Hex))
  }
  return trie
}

async function nodesOf(trie: MerklePatriciaTrie, name: string): Promise<string[]> {
  return (await createMerkleProof(trie, bytesOfHex(name as Hex))).map(hexOf)
}
