/** A version of an issuer's master key once more, from the recovery file that was made with it. */

import { changingFolder } from './changing.ts'
import { readConfig } from './config.ts'
import { issuerFilesOf } from './files.ts'
import { KeystoreError, readKey, replaceKey } from './keys/keystore.ts'
import { readRecoveryFile } from './keys/recovery.ts'
import { noteInFolder } from './noted.ts'

export type RecoverOptions = {
  readonly recoveryFile: string
  readonly recoveryCode: string
  readonly passphrase: string
  readonly scryptLogN?: number
}

/**
 * Writes the master key's file anew, in the place of one that is lost, damaged or under another passphrase. Throws
 * `ConfigError`, and `KeystoreError`: `another-key` for the recovery file of another folder, which would leave what
 * the store holds sealed for ever; nothing is written then.
 */
export async function recoverMasterKey(folder: string, options: RecoverOptions): Promise<void> {
  await changingFolder(folder, () => recover(folder, options))
}

async function recover(folder: string, options: RecoverOptions): Promise<void> {
  const { issuers } = await readConfig(folder)
  const key = await readRecoveryFile(options.recoveryFile, options.recoveryCode)
  const own = issuers.find(({ masters }) => masters.includes(key.address))
  if (own === undefined) {
    const ours = issuers.flatMap(({ masters }) => masters).join(', ')
    const message = `the recovery file holds ${key.address}; the master key of ${folder} is ${ours}`
    throw new KeystoreError('another-key', 'master.json', message)
  }
  const files = issuerFilesOf(folder, issuers, own.issuer)
  // The folder has one passphrase: the other keys must open with it too.
  await readKey(files.key('anchor'), options.passphrase)
  const version = own.masters.indexOf(key.address) + 1
  const subject = `master/${version}`
  await noteInFolder(folder, { action: 'recover-master', subject, issuer: own.issuer })
  await replaceKey(files.key('master', version), key, options.passphrase, options.scryptLogN)
}
