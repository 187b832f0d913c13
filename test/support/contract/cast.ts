/** Who plays in the contract's tests: the accounts' numbers (for signing) and addresses (for sending). */
import { id } from 'ethers'
import { addressOf } from './chain.ts'
import { newRegistry, ROLE } from './registry.ts'
import type { Registry } from './registry.ts'
import type { Request } from './chain.ts'

export const ACCOUNT = {
  issuer: 0,
  operator: 1,
  rival: 2,
  stranger: 3,
  status: 4,
  thief: 5,
} as const

export const ISSUER = addressOf(ACCOUNT.issuer)
/** Holds ANCHOR for the issuer, and for the rival. */
export const OPERATOR = addressOf(ACCOUNT.operator)
/** Another issuer, which shares the operator. */
export const RIVAL = addressOf(ACCOUNT.rival)
/** Holds nothing with anybody. */
export const STRANGER = addressOf(ACCOUNT.stranger)
/** Holds SUSPEND and REVOKE. */
export const STATUS = addressOf(ACCOUNT.status)
/** Holds ANCHOR for the issuer: a key about to be stolen. */
export const THIEF = addressOf(ACCOUNT.thief)

export const ZERO_ADDRESS = `0x${'0'.repeat(40)}`
export const ZERO_HASH = `0x${'0'.repeat(64)}`
/** Later than any block of these tests. */
export const FAR = 2n ** 40n - 1n

/** A root of a given name; nobody has its certificates. */
export function rootNamed(name: string): string {
  return id(name)
}

/** A registry in which the operators above hold their roles. */
export async function staffedRegistry(request?: Request): Promise<Registry> {
  const registry = await newRegistry(request)
  await registry.must(ISSUER, 'setOperator', OPERATOR, ROLE.anchor)
  await registry.must(ISSUER, 'setOperator', STATUS, ROLE.suspend | ROLE.revoke)
  await registry.must(ISSUER, 'setOperator', THIEF, ROLE.anchor)
  await registry.must(RIVAL, 'setOperator', OPERATOR, ROLE.anchor)
  return registry
}

/** Each call that needs a role: the role, and arguments behind the issuer that are good once `root` is anchored. */
export function callsWithRoles(
  root: string,
): readonly (readonly [method: string, role: bigint, args: readonly unknown[]])[] {
  return [
    ['anchor', 1n, [rootNamed('new'), 1]],
    ['anchorMany', 1n, [[rootNamed('new')], [1]]],
    ['suspend', 2n, [root, 0, 1, 0]],
    ['reinstate', 2n, [root, 0, 1]],
    ['revoke', 4n, [root, 0, 1, 0]],
    ['revokeMany', 4n, [root, [0], [1], 0]],
    ['revokeBatch', 4n, [root, 0]],
  ]
}
