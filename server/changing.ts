/** Changes of a data folder's configuration and key files: one at a time, and what was cut short is completed first. */

import { lstat, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readConfig } from './config.ts'
import type { Config } from './config.ts'
import { filesOf, issuerFilesOf } from './files.ts'
import type { KeyName } from './files.ts'
import { syncFolder } from './keys/durable.ts'
import { withLock } from './lock.ts'

/** How the name of a key file ends that takes its place together with all others. */
const NEXT = '.next'

/** A key file of a folder: whose, which, and where. */
export type KeyFile = {
  readonly issuer: Config['issuers'][number]
  readonly name: KeyName
  /** Of the master key; 1 for the others. */
  readonly version: number
  readonly path: string
}

/** Every key file that the configuration knows, of all issuers and all versions. */
export function keyFilesIn(folder: string, { issuers }: Pick<Config, 'issuers'>): KeyFile[] {
  return issuers.flatMap((issuer) => {
    const files = issuerFilesOf(folder, issuers, issuer.issuer)
    const one = (name: KeyName, version = 1): KeyFile => ({
      issuer,
      name,
      version,
      path: files.key(name, version),
    })
    const masters = issuer.masters.map((_, at) => one('master', at + 1))
    return [one('issuer'), one('anchor'), one('status'), ...masters]
  })
}

/** Where the file waits that takes the place of this one. */
export function nextOf(path: string): string {
  return `${path}${NEXT}`
}

/** Does `work` while nobody else changes the folder's configuration or keys. */
export async function changingFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  // First: what is no data folder gets no lock file.
  await readConfig(folder)
  return withLock(join(folder, 'issuers.lock'), async () => {
    await putInPlace(folder)
    return work()
  })
}

/** Before any key is opened: completes the change that a killed process had decided. Throws `ConfigError`. */
export async function readWholeConfig(folder: string): Promise<Config> {
  const isChanging = await isThere(filesOf(folder).passphraseChange)
  return isChanging ? changingFolder(folder, () => readConfig(folder)) : readConfig(folder)
}

/** Once the mark stands, every file that waits is whole and on disk: putting them in place can be done again and again. */
export async function putInPlace(folder: string): Promise<void> {
  const { passphraseChange } = filesOf(folder)
  if (!(await isThere(passphraseChange))) return
  const paths = keyFilesIn(folder, await readConfig(folder)).map(({ path }) => path)
  for (const path of paths) {
    if (await isThere(nextOf(path))) await rename(nextOf(path), path)
  }
  for (const keys of new Set(paths.map((path) => dirname(path)))) await syncFolder(keys)
  await rm(passphraseChange)
  await syncFolder(folder)
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined
}
