/** Signatures of the relayed calls, from the type strings of test/vectors/contract/types.json and nothing else. */
import {
  AbiCoder,
  concat,
  keccak256,
  Signature,
  SigningKey,
  toUtf8Bytes,
  TypedDataEncoder,
} from 'ethers'
import type { TypedDataField } from 'ethers'
import { readVector, walletOf } from './chain.ts'

export const STRUCTS = ['Anchor', 'Revoke', 'RevokeBatch', 'Suspend', 'Reinstate'] as const
export type StructName = (typeof STRUCTS)[number]

export interface Domain {
  readonly chainId: number | bigint
  readonly registry: string
  readonly name?: string
  readonly version?: string
}

export interface TypeVector {
  readonly name: string
  readonly method: string
  readonly type: string
  readonly hash: string
}

export interface TypesVector {
  readonly comment: string
  readonly domain: { readonly name: string; readonly version: string; readonly type: string }
  readonly structs: readonly TypeVector[]
}

export const TYPES = readVector('contract/types.json') as TypesVector

export function vectorOf(struct: StructName): TypeVector {
  const vector = TYPES.structs.find(({ name }) => name === struct)
  if (vector === undefined) throw new Error(`types.json lacks ${struct}`)
  return vector
}

/** `Anchor(address issuer,…)` → its members. */
export function fieldsOf(type: string): TypedDataField[] {
  const members = /^\w+\((.*)\)$/.exec(type)?.[1]
  if (members === undefined) throw new Error(`not a type string: ${type}`)
  return members.split(',').map((member) => {
    const [kind, name] = member.split(' ')
    if (kind === undefined || name === undefined) throw new Error(`not a member: ${member}`)
    return { type: kind, name }
  })
}

/** What is signed, by the words of EIP-712: the two hashes put together by hand. */
export function digestOf(domain: Domain, struct: StructName, values: readonly unknown[]): string {
  const { name = TYPES.domain.name, version = TYPES.domain.version } = domain
  const text = (value: string): string => keccak256(toUtf8Bytes(value))
  const encode = (kinds: readonly string[], members: readonly unknown[]): string =>
    keccak256(AbiCoder.defaultAbiCoder().encode(kinds, members))
  const { type } = vectorOf(struct)
  const kinds = fieldsOf(type).map((field) => field.type)
  const separator = encode(
    ['bytes32', 'bytes32', 'bytes32', 'uint256', 'address'],
    [text(TYPES.domain.type), text(name), text(version), domain.chainId, domain.registry],
  )
  const structHash = encode(['bytes32', ...kinds], [text(type), ...values])
  return keccak256(concat(['0x1901', separator, structHash]))
}

/** The digest that a wallet computes when it shows the data to its owner. */
export function walletDigestOf(
  domain: Domain,
  struct: StructName,
  values: readonly unknown[],
): string {
  const fields = fieldsOf(vectorOf(struct).type)
  const { name = TYPES.domain.name, version = TYPES.domain.version } = domain
  return TypedDataEncoder.hash(
    { name, version, chainId: domain.chainId, verifyingContract: domain.registry },
    { [struct]: fields },
    Object.fromEntries(fields.map((field, at) => [field.name, values[at]])),
  )
}

/** The account's signature, r ‖ s ‖ v. */
export function signed(
  domain: Domain,
  struct: StructName,
  values: readonly unknown[],
  account: number,
): string {
  const key = new SigningKey(walletOf(account).privateKey)
  return key.sign(digestOf(domain, struct, values)).serialized
}

const ORDER = BigInt('0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141')

/** The other signature that the same key could have given: s beyond half of the curve's order. */
export function highS(signature: string): string {
  const { r, s, v } = Signature.from(signature)
  const other = `0x${(ORDER - BigInt(s)).toString(16).padStart(64, '0')}`
  return concat([r, other, v === 27 ? '0x1c' : '0x1b'])
}

/** EIP-2098's short form: 64 bytes. */
export function compact(signature: string): string {
  return Signature.from(signature).compactSerialized
}
