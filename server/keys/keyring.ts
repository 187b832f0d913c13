import type { Files, KeyName } from '../files.ts'
import { IssuingError } from '../issuance/errors.ts'
import { readKey } from './keystore.ts'
import type { Key } from './keystore.ts'

/** Opens key files once each, when they are first needed: scrypt is slow on purpose. Without a passphrase, none. */
export function keyringOf(
  files: Files,
  passphrase: string | undefined,
): (name: KeyName) => Promise<Key> {
  const opened = new Map<KeyName, Promise<Key>>()
  return (name) => {
    if (passphrase === undefined) {
      return Promise.reject(new IssuingError('locked', 'this needs the passphrase of the keys'))
    }
    const key = opened.get(name) ?? readKey(files.key(name), passphrase)
    opened.set(name, key)
    return key
  }
}
