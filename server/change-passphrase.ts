/** Another passphrase for all key files of a folder. What the master keys sealed, and the recovery files, stay as they are. */

import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { changingFolder, keyFilesIn, nextOf, putInPlace } from './changing.ts'
import type { KeyFile } from './changing.ts'
import { readConfig } from './config.ts'
import { filesOf } from './files.ts'
import { writeDurably } from './keys/durable.ts'
import { checkPassphrase, KeystoreError, readKey, replaceKey } from './keys/keystore.ts'
import type { Key } from './keys/keystore.ts'
import { noteInFolder } from './noted.ts'

export type PassphraseOptions = {
  readonly passphrase: string
  readonly newPassphrase: string
  /** log2 of scrypt's N for the key files, 10…20; default 17. */
  readonly scryptLogN?: number
}

/** How many key files the new passphrase opens. */
export type PassphraseReport = { readonly folder: string; readonly files: number }

/**
 * All files open with the old passphrase or all with the new one: they are written beside, a mark decides, and renames
 * follow that the next start completes. Processes that run hold the old one, and are to be started again. Throws
 * `KeystoreError`, where nothing has changed, and `ConfigError`.
 */
export async function changePassphrase(
  folder: string,
  options: PassphraseOptions,
): Promise<PassphraseReport> {
  const { passphrase, newPassphrase, scryptLogN } = options
  checkPassphrase(newPassphrase)
  return changingFolder(folder, async () => {
    const files = keyFilesIn(folder, await readConfig(folder))
    // What an attempt left that decided nothing may be of a key that is gone, or under a passphrase given up.
    for (const { path } of files) await rm(nextOf(path), { force: true })
    const opened: { readonly path: string; readonly key: Key }[] = []
    for (const file of files) {
      const key = await open(file, passphrase)
      if (key !== undefined) opened.push({ path: file.path, key })
    }
    for (const { path, key } of opened) {
      await replaceKey(nextOf(path), key, newPassphrase, scryptLogN)
    }
    await noteInFolder(folder, { action: 'change-passphrase', subject: 'keys' })
    await writeDurably(filesOf(folder).passphraseChange, '')
    await putInPlace(folder)
    return { folder, files: opened.length }
  })
}

/** Undefined for the file of a key that a remote signer keeps, where there is none. */
async function open(file: KeyFile, passphrase: string): Promise<Key | undefined> {
  const { issuer, name, version, path } = file
  const isElsewhere = name !== 'master' && issuer.signers[name]?.kind === 'remote'
  const key = await readKey(path, passphrase).catch((error: unknown) => {
    if (isElsewhere && error instanceof KeystoreError && error.code === 'missing') return undefined
    throw error
  })
  if (key === undefined || key.address === addressOf(file)) return key
  const message = `${basename(path)} holds ${key.address}, which is not the ${name} key ${version} of this folder`
  throw new KeystoreError('another-key', basename(path), message)
}

function addressOf({ issuer, name, version }: KeyFile): string | undefined {
  if (name === 'master') return issuer.masters[version - 1]
  return name === 'issuer' ? issuer.issuer : issuer.operators[name]
}
