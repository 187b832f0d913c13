import { basename } from 'node:path'
import type { Address } from '../../src/index.ts'
import type { KeyFiles, KeyName } from '../files.ts'
import { IssuingError } from '../issuance/errors.ts'
import { KeystoreError, readKey } from './keystore.ts'
import type { Key } from './keystore.ts'

/** Opens a key of one issuer; `version` is the master key's, from 1, by default the newest. Throws `IssuingError` `locked`, `KeystoreError`. */
export type Keyring = (name: KeyName, version?: number) => Promise<Key>

/**
 * Opens key files once each, when they are first needed: scrypt is slow on purpose. Without a passphrase, none; and none
 * whose key is another than the folder's configuration names (`KeystoreError` `another-key`).
 */
export function keyringOf(
  files: KeyFiles,
  passphrase: string | undefined,
  addresses: Readonly<Record<Exclude<KeyName, 'master'>, Address>> & {
    readonly masters: readonly Address[]
  },
): Keyring {
  const opened = new Map<string, Promise<Key>>()
  return (name, version = name === 'master' ? addresses.masters.length : 1) => {
    if (passphrase === undefined) {
      return Promise.reject(new IssuingError('locked', 'this needs the passphrase of the keys'))
    }
    const path = files.key(name, version)
    const address = name === 'master' ? addresses.masters[version - 1] : addresses[name]
    const key = opened.get(path) ?? readOwn(path, passphrase, name, address)
    opened.set(path, key)
    return key
  }
}

async function readOwn(
  path: string,
  passphrase: string,
  name: KeyName,
  address: Address | undefined,
): Promise<Key> {
  const key = await readKey(path, passphrase)
  if (key.address === address) return key
  const file = basename(path)
  const ours = address ?? 'none'
  const message = `${file} holds ${key.address}; the ${name} key of this folder is ${ours}`
  throw new KeystoreError('another-key', file, message)
}
