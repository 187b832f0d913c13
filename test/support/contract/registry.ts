/** The registry as a test speaks to it: what a call did is plain data, its events in order or the error it ended with. */
import { Interface } from 'ethers'
import type { Result } from 'ethers'
import { addressOf, artifactOf, create, newChain, send, setNextTime, timeOf } from './chain.ts'
import type { Receipt, Request } from './chain.ts'
import { signed } from './typed-data.ts'
import type { Domain, StructName } from './typed-data.ts'

/** An event or an error: its name, then its values in order; numbers are bigints, addresses in lower case. */
export type Named = readonly [name: string, ...values: unknown[]]
export type Outcome = readonly Named[] | { readonly reverted: Named }

/** What a reverting call ends with; `name` is without the prefix that all errors of the registry share. */
export function reverted(name: string, ...values: readonly unknown[]): Outcome {
  return { reverted: [name, ...values] }
}

/** What a call that changes nothing comes to. */
export const NOTHING_HAPPENED: Outcome = []

export const ROLE = { anchor: 1, suspend: 2, revoke: 4, all: 7 } as const

const PREFIX = 'CertificateRegistry'

function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('0x') ? value.toLowerCase() : value
  if (Array.isArray(value)) return value.map(plain)
  return value
}

function plainResult(result: Result): unknown[] {
  return result.toArray(true).map(plain)
}

/** The data of a revert, which chains hide at different depths of their errors. */
function revertData(error: unknown): string | undefined {
  if (typeof error === 'string') return /^0x([0-9a-f]{2})*$/.test(error) ? error : undefined
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined
  return revertData(error.data)
}

export class Registry {
  readonly request: Request
  readonly address: string
  readonly abi: Interface

  constructor(request: Request, address: string, abi: Interface) {
    this.request = request
    this.address = address.toLowerCase()
    this.abi = abi
  }

  encode(method: string, args: readonly unknown[]): string {
    return this.abi.encodeFunctionData(method, args)
  }

  /** Sends the call from an account of the chain. */
  async act(from: string, method: string, ...args: readonly unknown[]): Promise<Outcome> {
    const call = { from, to: this.address, data: this.encode(method, args) }
    try {
      const receipt = await send(this.request, call)
      // A chain that mines what reverts keeps no reason: a call on the same state tells it.
      if (receipt.status === '0x0') await this.request('eth_call', call, 'latest')
      return this.eventsOf(receipt)
    } catch (error) {
      const reason = revertData(error)
      if (reason === undefined) throw error
      return { reverted: this.errorOf(reason) }
    }
  }

  /** The same in a block of exactly this time. */
  async actAt(
    seconds: number,
    from: string,
    method: string,
    ...args: readonly unknown[]
  ): Promise<Outcome> {
    await setNextTime(this.request, seconds)
    return await this.act(from, method, ...args)
  }

  /** For the steps before the one that a test is about: anything but success is an error of the test. */
  async must(from: string, method: string, ...args: readonly unknown[]): Promise<void> {
    const outcome = await this.act(from, method, ...args)
    if ('reverted' in outcome) throw new Error(`${method}: ${outcome.reverted.join(' ')}`)
  }

  /** A view's answer; a single value stands alone, several in a list. */
  async read(method: string, ...args: readonly unknown[]): Promise<unknown> {
    const call = { to: this.address, data: this.encode(method, args) }
    const answer = (await this.request('eth_call', call, 'latest')) as string
    const values = plainResult(this.abi.decodeFunctionResult(method, answer))
    return values.length === 1 ? values[0] : values
  }

  /** The relayed form on the operator's signature; `values` are the struct's, in its order. */
  async relay(
    method: string,
    struct: StructName,
    values: readonly unknown[],
    by: { readonly signer: number; readonly sender: string; readonly domain?: Partial<Domain> },
  ): Promise<Outcome> {
    const signature = await this.sign(struct, values, by.signer, by.domain)
    return await this.act(by.sender, method, ...values, signature)
  }

  async sign(
    struct: StructName,
    values: readonly unknown[],
    signer: number,
    domain: Partial<Domain> = {},
  ): Promise<string> {
    const chainId = Number(await this.request('eth_chainId'))
    return signed({ chainId, registry: this.address, ...domain }, struct, values, signer)
  }

  async now(): Promise<number> {
    return await timeOf(this.request)
  }

  eventsOf(receipt: Receipt): Named[] {
    if (receipt.status !== '0x1') throw new Error('mined, and reverted')
    return receipt.logs.map((log) => {
      if (log.address.toLowerCase() !== this.address)
        throw new Error('an event of another contract')
      const event = this.abi.parseLog(log)
      if (event === null) throw new Error('an event that the interface does not name')
      return [event.name, ...plainResult(event.args)]
    })
  }

  private errorOf(data: string): Named {
    if (data === '0x') return ['nothing']
    const error = this.abi.parseError(data)
    if (error === null) return ['unknown', data]
    return [error.name.replace(PREFIX, ''), ...plainResult(error.args)]
  }
}

/** A registry on a chain of its own. */
export async function newRegistry(request?: Request): Promise<Registry> {
  const chain = request ?? (await newChain())
  const { abi, bytecode } = await artifactOf('CertificateRegistry')
  const address = await create(chain, bytecode, addressOf(19))
  return new Registry(chain, address, new Interface(abi))
}
