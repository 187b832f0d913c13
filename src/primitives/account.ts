import type { Address } from './bytes.ts'
import { FormatError } from './errors.ts'

/** CAIP-10 on an EVM chain: `eip155:<chain>:0x<40>`, the chain decimal, the address lower case. */
export interface Account {
  readonly text: string
  readonly chainId: string
  readonly address: Address
}

/** Where an anchor lives: chain and registry. */
export interface Home {
  readonly text: string
  readonly chainId: string
  readonly registry: Address
}

const ACCOUNT = /^eip155:([1-9][0-9]{0,31}):(0x[0-9a-f]{40})$/

/** @throws FormatError `bad-account` */
export function parseAccount(text: unknown, field: string): Account {
  const match = typeof text === 'string' ? ACCOUNT.exec(text) : null
  const [whole, chainId, address] = match ?? []
  if (whole === undefined || chainId === undefined) {
    const wanted = 'eip155:<chain>:0x<40 lower-case digits>'
    throw new FormatError('bad-account', field, `${field || 'the value'} is not ${wanted}`)
  }
  return { text: whole, chainId, address: address as Address }
}

/** @throws FormatError `bad-account` */
export function parseHome(text: unknown, field: string): Home {
  const { text: whole, chainId, address } = parseAccount(text, field)
  return { text: whole, chainId, registry: address }
}

/** The CAIP-10 text of an address on a chain. */
export function accountOf(chainId: string, address: Address): string {
  return `eip155:${chainId}:${address}`
}

/** The did:pkh of an address on a chain: the default `issuer.id`. */
export function didPkh(chainId: string, address: Address): string {
  return `did:pkh:${accountOf(chainId, address)}`
}
