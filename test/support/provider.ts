import { REGISTRY_INIT_CODE } from '../../server/chain/bytecode.ts'
import { bytesOfHex, hexOf, keccak256, REGISTRY_CODE_HASH } from '../../src/index.ts'
import type { Address, Hash32, Hex, Request } from '../../src/index.ts'
import { blockHash } from './ledger.ts'
import type { Ledger } from './ledger.ts'

const HEAD = 102
const SECONDS_A_BLOCK = 12

/** The registry's runtime code stands in its creation code, after a few bytes that return it. */
export const RUNTIME_CODE = runtimeCode()

export interface ProviderState {
  /** Time of block 100, two below the head: the block a verifier looks at. */
  readonly headTime: number
  readonly hints?: readonly (readonly [accreditor: Address, issuer: Address])[]
}

/** An honest JSON-RPC provider over a ledger in memory; tests wrap it to make it lie, fall silent or lag. */
export function providerOf(ledger: Ledger, { headTime, hints = [] }: ProviderState): Request {
  const blockAt = (number: number) => ({
    number: quantity(number),
    hash: blockHash(number),
    timestamp: quantity(number === 0 ? 1_700_000_000 : headTime + (number - 100) * SECONDS_A_BLOCK),
  })
  return ({ method, params }) => {
    switch (method) {
      case 'eth_chainId':
        return Promise.resolve('0x7a69')
      case 'eth_blockNumber':
        return Promise.resolve(quantity(HEAD))
      case 'eth_getBlockByNumber':
        return Promise.resolve(blockAt(params[0] === 'finalized' ? HEAD - 2 : Number(params[0])))
      case 'eth_getCode':
        return Promise.resolve(RUNTIME_CODE)
      case 'eth_getStorageAt':
        return Promise.resolve(ledger.wordAt(params[1] as Hash32))
      case 'eth_getLogs':
        return Promise.resolve(logsOf(hints, params[0] as { topics: unknown[] }))
      default:
        return Promise.reject(new Error(`no method ${method}`))
    }
  }
}

function logsOf(
  hints: readonly (readonly [accreditor: Address, issuer: Address])[],
  { topics }: { topics: unknown[] },
): unknown[] {
  const isWanted = (place: number, topic: string): boolean => {
    const wanted = topics[place] as readonly string[] | null
    return wanted === null || wanted.includes(topic)
  }
  return hints
    .map(([accreditor, issuer]) => [word(accreditor), word(issuer)] as const)
    .filter(([accreditor, issuer]) => isWanted(1, accreditor) && isWanted(2, issuer))
    .map((pair) => ({ topics: [topics[0], ...pair] }))
}

function word(address: Address): string {
  return `0x${'0'.repeat(24)}${address.slice(2)}`
}

function quantity(value: number): string {
  return `0x${value.toString(16)}`
}

function runtimeCode(): Hex {
  const creation = bytesOfHex(REGISTRY_INIT_CODE)
  for (let start = 1; start < 100; start++) {
    const code = creation.subarray(start)
    if (hexOf(keccak256(code)) === REGISTRY_CODE_HASH) return hexOf(code)
  }
  throw new Error('the creation code does not end in the pinned runtime code')
}
