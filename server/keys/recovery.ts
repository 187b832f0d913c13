/**
 * The recovery file: the master key once more, under a random code that is shown once and kept elsewhere. Without
 * passphrase and code nobody opens what the store holds of learners, and links cannot be derived again.
 */

import { randomInt } from 'node:crypto'
import { readKey, replaceKey, writeKey } from './keystore.ts'
import type { Key } from './keystore.ts'

/** Crockford's base 32: no letter that is read for another, none that makes words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 6
const GROUP_LENGTH = 4
/** A code of 120 random bits needs no slow derivation. */
const CODE_SCRYPT_LOG_N = 14

/** 120 random bits as `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`. */
export function newRecoveryCode(): string {
  const group = (): string =>
    Array.from({ length: GROUP_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

export async function writeRecoveryFile(path: string, key: Key, code: string): Promise<void> {
  await writeKey(path, key, canonicalCode(code), CODE_SCRYPT_LOG_N)
}

/** The same in the place of what stands there, which is lost. */
export async function replaceRecoveryFile(path: string, key: Key, code: string): Promise<void> {
  await replaceKey(path, key, canonicalCode(code), CODE_SCRYPT_LOG_N)
}

/** Throws `KeystoreError`; the code may be typed in lower case, with spaces, O for 0 and I or L for 1. */
export function readRecoveryFile(path: string, code: string): Promise<Key> {
  return readKey(path, canonicalCode(code))
}

function canonicalCode(code: string): string {
  return code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}
