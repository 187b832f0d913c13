import type { Address } from '../../src/index.ts'
import type { KeyFiles, KeyName } from '../files.ts'
import { IssuingError } from '../issuance/errors.ts'
import { KeystoreError, readKey } from './keystore.ts'
import type { Key } from './keystore.ts'

/** Opens a key of one issuer. Throws `IssuingError` `locked`, `KeystoreError`. */
export type Keyring = (name: KeyName) => Promise<Key>

/**
 * Opens key files once each, when they are first needed: scrypt is slow on purpose. Without a passphrase, none; and none
 * whose key is another than the folder's configuration names (`KeystoreError` `another-key`).
 */
export function keyringOf(
  files: KeyFiles,
  passphrase: string | undefined,
  addresses: Readonly<Record<KeyName, Address>>,
): Keyring {
  const opened = new Map<KeyName, Promise<Key>>()
  return (name) => {
    if (passphrase === undefined) {
      return Promise.reject(new IssuingError('locked', 'this needs the passphrase of the keys'))
    }
    const key = opened.get(name) ?? readOwn(files.key(name), passphrase, name, addresses[name])
    opened.set(name, key)
    return key
  }
}

async function readOwn(
  path: string,
  passphrase: string,
  name: KeyName,
  address: Address,
): Promise<Key> {
  const key = await readKey(path, passphrase)
  if (key.address === address) return key
  const message = `${name}.json holds ${key.address}; the ${name} key of this folder is ${address}`
  throw new KeystoreError('another-key', `${name}.json`, message)
}
