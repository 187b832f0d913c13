/** A chain to try the contract on: requests as of EIP-1193, accounts with known keys, and a clock that a test sets. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { HDNodeWallet, Mnemonic } from 'ethers'
import { network } from 'hardhat'

export type Request = (method: string, ...params: readonly unknown[]) => Promise<unknown>

/** What Hardhat's compiler wrote of a contract. */
export interface Artifact {
  readonly abi: readonly { readonly type: string; readonly name?: string }[]
  readonly bytecode: string
  readonly deployedBytecode: string
}

export interface Receipt {
  readonly status: string
  readonly gasUsed: string
  readonly blockNumber: string
  readonly contractAddress: string | null
  readonly logs: readonly {
    readonly address: string
    readonly topics: readonly string[]
    readonly data: string
  }[]
}

/** The twenty funded accounts of a Hardhat chain, by their well-known mnemonic. */
const MNEMONIC = Mnemonic.fromPhrase('test test test test test test test test test test test junk')
const PLENTY_OF_GAS = '0xf00000'

export function walletOf(account: number): HDNodeWallet {
  return HDNodeWallet.fromMnemonic(MNEMONIC, `m/44'/60'/0'/0/${account}`)
}

export function addressOf(account: number): string {
  return walletOf(account).address.toLowerCase()
}

export async function newChain(overrides: { chainId?: number } = {}): Promise<Request> {
  const { provider } = await network.create({ network: 'default', override: overrides })
  return async (method, ...params): Promise<unknown> =>
    (await provider.request({ method, params })) as unknown
}

export async function artifactOf(name: string): Promise<Artifact> {
  const { default: hre } = await import('hardhat')
  return (await hre.artifacts.readArtifact(name)) as Artifact
}

/** Sends what an account of the chain signs, and waits until it is mined; Hardhat throws where it reverts. */
export async function send(
  request: Request,
  transaction: { from: string; to?: string; data?: string; value?: string; gas?: string },
): Promise<Receipt> {
  const hash = await request('eth_sendTransaction', { gas: PLENTY_OF_GAS, ...transaction })
  for (let tries = 0; tries < 500; tries += 1) {
    const receipt = (await request('eth_getTransactionReceipt', hash)) as Receipt | null
    if (receipt !== null) return receipt
    await sleep(20)
  }
  throw new Error('not mined within 10 seconds')
}

/** The address of a fresh contract. */
export async function create(request: Request, bytecode: string, from: string): Promise<string> {
  const { contractAddress } = await send(request, { from, data: bytecode })
  if (contractAddress === null) throw new Error('the chain names no address')
  return contractAddress
}

/** The time of the newest block, in Unix seconds. */
export async function timeOf(request: Request): Promise<number> {
  const block = (await request('eth_getBlockByNumber', 'latest', false)) as { timestamp: string }
  return Number(block.timestamp)
}

/** The next block carries exactly this time. */
export async function setNextTime(request: Request, seconds: number): Promise<void> {
  await request('evm_setNextBlockTimestamp', seconds)
}

export function readVector(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../vectors/${path}`, import.meta.url), 'utf8'))
}
