/** Where things stand in a data folder. */

import { join } from 'node:path'
import type { Address } from '../src/index.ts'

export type KeyName = 'issuer' | 'anchor' | 'status' | 'master'

/** The key files of one issuer. */
export type KeyFiles = {
  readonly keys: string
  readonly recovery: string
  /** `version` is the master key's. */
  key(name: KeyName, version?: number): string
  /** Of a version of the master key; the first is `recovery`. */
  recoveryOf(version: number): string
}

/** `KeyFiles` are those of the folder's first issuer. */
export type Files = KeyFiles & {
  readonly folder: string
  readonly policy: string
  readonly store: string
  readonly documents: string
  readonly chain: string
  /** Uploads while they are read, encrypted. */
  readonly spool: string
  readonly journal: string
  /** Stands where a copy was put back, until what was erased is erased again. */
  readonly restored: string
  /** Stands while new key files wait to take the place of the old ones. */
  readonly passphraseChange: string
}

export type DocumentPaths = {
  readonly blocks: string
  readonly packs: string
  readonly cars: string
}

export function documentPathsOf(folder: string): DocumentPaths {
  return {
    blocks: join(folder, 'blocks'),
    packs: join(folder, 'packs'),
    cars: join(folder, 'cars'),
  }
}

/** Where the keys of one of a folder's issuers are: `keys/` for the first, else a folder named for its account. */
export function issuerFilesOf(
  folder: string,
  [first]: readonly { readonly issuer: Address }[],
  issuer: Address,
): KeyFiles {
  return first?.issuer === issuer ? filesOf(folder) : keyFilesOf(folder, issuer)
}

/** Keys of an issuer that joined the folder after the first. */
export function keyFilesOf(folder: string, issuer: Address): KeyFiles {
  return keyFilesIn(join(folder, 'issuers', issuer))
}

function keyFilesIn(keys: string): KeyFiles {
  return {
    keys,
    recovery: join(keys, 'master-recovery.json'),
    recoveryOf: (version) => join(keys, `master-recovery${suffix(version)}.json`),
    key: (name, version = 1) => join(keys, `${name}${suffix(version)}.json`),
  }
}

function suffix(version: number): string {
  return version === 1 ? '' : `-${version}`
}

export function filesOf(folder: string): Files {
  return {
    ...keyFilesIn(join(folder, 'keys')),
    folder,
    policy: join(folder, 'policy.json'),
    store: join(folder, 'store.sqlite'),
    documents: folder,
    chain: join(folder, 'chain'),
    spool: join(folder, 'spool'),
    journal: join(folder, 'erasures.journal'),
    restored: join(folder, 'restored'),
    passphraseChange: join(folder, 'passphrase-change'),
  }
}
