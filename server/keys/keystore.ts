/**
 * Keys at rest: Web3 Secret Storage files (version 3, scrypt and AES-128-CTR, as every Ethereum client reads them),
 * readable by their owner alone.
 */

import { randomBytes, scrypt as nodeScrypt } from 'node:crypto'
import type { ScryptOptions } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { computeAddress, decryptKeystoreJson, encryptKeystoreJson, isError, scrypt } from 'ethers'
import { parseAddress } from '../../src/index.ts'
import type { Address } from '../../src/index.ts'
import { createDurably, writeDurably } from './durable.ts'

export type KeystoreCode =
  | 'missing'
  | 'exists'
  | 'readable-by-others'
  | 'not-a-keystore'
  | 'wrong-passphrase'
  | 'weak-passphrase'
  | 'another-key'
  | 'not-in-environment'

/** A key file cannot be used; `file` is its name, never its content. */
export class KeystoreError extends Error {
  override readonly name = 'KeystoreError'
  readonly code: KeystoreCode
  readonly file: string

  constructor(code: KeystoreCode, file: string, message: string) {
    super(message)
    this.code = code
    this.file = file
  }
}

/** 32 bytes of secret that are a valid secp256k1 key, and the address they stand for, lower case. */
export type Key = { readonly address: Address; readonly secret: Uint8Array }

export const DEFAULT_SCRYPT_LOG_N = 17
const MIN_PASSPHRASE = 8
/** What scrypt may cost, at most 1 GiB of memory: a file from elsewhere must not exhaust the machine. */
const MAX_COSTS: ReadonlyMap<string, number> = new Map([
  ['n', 2 ** 20],
  ['r', 8],
  ['p', 16],
])

// The one of Node in the place of the library's own, in JavaScript: a key is opened sooner, beside whoever is served.
const stretch = promisify<string | Uint8Array, Uint8Array, number, ScryptOptions, Buffer>(
  nodeScrypt,
)
scrypt.register((passphrase, salt, N, r, p, length) =>
  stretch(passphrase, salt, length, { N, r, p, maxmem: 256 * r * (N + p) }),
)

/** Throws `KeystoreError` `weak-passphrase` for one of fewer than 8 characters. */
export function checkPassphrase(passphrase: string): void {
  if (passphrase.length >= MIN_PASSPHRASE) return
  const message = `a passphrase has at least ${MIN_PASSPHRASE} characters`
  throw new KeystoreError('weak-passphrase', '', message)
}

/** A new key from the system's random generator. */
export function newKey(): Key {
  for (;;) {
    const secret = new Uint8Array(randomBytes(32))
    try {
      return keyOf(secret)
    } catch {
      // Zero or beyond the curve's order: as good as impossible, and drawn again.
      continue
    }
  }
}

/** Encrypts the key into a new file of mode 0600, durably. Throws `KeystoreError` `exists`, `weak-passphrase`. */
export async function writeKey(
  path: string,
  key: Key,
  passphrase: string,
  scryptLogN?: number,
): Promise<void> {
  if (await createDurably(path, await keystoreOf(key, passphrase, scryptLogN))) return
  const file = basename(path)
  throw new KeystoreError('exists', file, `${file} is there already: no key is written over`)
}

/** The same in the place of what stands there, which is lost. */
export async function replaceKey(
  path: string,
  key: Key,
  passphrase: string,
  scryptLogN?: number,
): Promise<void> {
  await writeDurably(path, await keystoreOf(key, passphrase, scryptLogN))
}

async function keystoreOf(
  { address, secret }: Key,
  passphrase: string,
  scryptLogN: number = DEFAULT_SCRYPT_LOG_N,
): Promise<string> {
  checkPassphrase(passphrase)
  const cost = { N: 2 ** scryptLogN, r: 8, p: 1 }
  const account = { address, privateKey: hexOfSecret(secret) }
  return `${await encryptKeystoreJson(account, passphrase, { scrypt: cost })}\n`
}

/**
 * Opens a key file. Throws `KeystoreError`: `missing`, `readable-by-others` (mode beyond 0600), `not-a-keystore`,
 * `wrong-passphrase`.
 */
export async function readKey(path: string, passphrase: string): Promise<Key> {
  const file = basename(path)
  const text = await readPrivate(path)
  if (!isAffordable(text)) {
    throw new KeystoreError('not-a-keystore', file, `${file} is not a keystore file`)
  }
  try {
    const account = await decryptKeystoreJson(text, passphrase)
    return keyOf(new Uint8Array(Buffer.from(account.privateKey.slice(2), 'hex')))
  } catch (error) {
    if (isError(error, 'INVALID_ARGUMENT') && error.argument === 'password') {
      throw new KeystoreError('wrong-passphrase', file, `the passphrase does not open ${file}`)
    }
    throw new KeystoreError('not-a-keystore', file, `${file} is not a keystore file`)
  }
}

/** The text of a file that nobody but its owner may read. Throws `KeystoreError`. */
export async function readPrivate(path: string): Promise<string> {
  const file = basename(path)
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw new KeystoreError('missing', file, `there is no ${file}`)
  if ((found.mode & 0o077) !== 0) {
    const message = `${file} can be read by others; its mode must be 0600`
    throw new KeystoreError('readable-by-others', file, message)
  }
  return readFile(path, 'utf8')
}

/** Every cost in the file counts, wherever it stands and in either case: which of them ethers takes is its own matter. */
function isAffordable(text: string): boolean {
  const costs: boolean[] = []
  try {
    JSON.parse(text, (name, value: unknown) => {
      const most = MAX_COSTS.get(name.toLowerCase())
      if (most !== undefined) costs.push(isCost(value, most))
      return value
    })
  } catch {
    return false
  }
  return costs.length > 0 && costs.every((isFine) => isFine)
}

/** The least N of scrypt that a key file's text names; undefined where it names none. */
export function scryptCostOf(text: string): number | undefined {
  const costs: number[] = []
  try {
    JSON.parse(text, (name, value: unknown) => {
      if (name.toLowerCase() === 'n' && typeof value === 'number') costs.push(value)
      return value
    })
  } catch {
    return undefined
  }
  return costs.length === 0 ? undefined : Math.min(...costs)
}

function isCost(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most
}

function keyOf(secret: Uint8Array): Key {
  return { address: parseAddress(computeAddress(hexOfSecret(secret)).toLowerCase(), 'key'), secret }
}

/** As ethers takes it. */
export function hexOfSecret(secret: Uint8Array): `0x${string}` {
  return `0x${Buffer.from(secret).toString('hex')}`
}
