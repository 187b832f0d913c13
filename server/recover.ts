/** The master key once more, from the recovery file of the same folder. */

import { readConfig } from './config.ts'
import { filesOf } from './files.ts'
import { KeystoreError, readKey, replaceKey } from './keys/keystore.ts'
import { readRecoveryFile } from './keys/recovery.ts'

/**
 * Writes the master key's file anew, in the place of one that is lost, damaged or under another passphrase. Throws
 * `ConfigError`, and `KeystoreError`: `another-key` for the recovery file of another folder, which would leave what
 * the store holds sealed for ever; nothing is written then.
 */
export async function recoverMasterKey(
  folder: string,
  options: {
    readonly recoveryFile: string
    readonly recoveryCode: string
    readonly passphrase: string
    readonly scryptLogN?: number
  },
): Promise<void> {
  const files = filesOf(folder)
  const { master } = await readConfig(folder)
  const key = await readRecoveryFile(options.recoveryFile, options.recoveryCode)
  if (key.address !== master) {
    const message = `the recovery file holds ${key.address}; the master key of ${folder} is ${master}`
    throw new KeystoreError('another-key', 'master.json', message)
  }
  // The folder has one passphrase: the other keys must open with it too.
  await readKey(files.key('anchor'), options.passphrase)
  await replaceKey(files.key('master'), key, options.passphrase, options.scryptLogN)
}
