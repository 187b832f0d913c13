/** Where things stand in a data folder. */

import { join } from 'node:path'

export type KeyName = 'issuer' | 'anchor' | 'status' | 'master'

export type Files = {
  readonly folder: string
  readonly policy: string
  readonly keys: string
  readonly recovery: string
  readonly store: string
  readonly documents: string
  readonly chain: string
  key(name: KeyName): string
}

export type DocumentPaths = { readonly blocks: string; readonly cars: string }

export function documentPathsOf(folder: string): DocumentPaths {
  return { blocks: join(folder, 'blocks'), cars: join(folder, 'cars') }
}

export function filesOf(folder: string): Files {
  return {
    folder,
    policy: join(folder, 'policy.json'),
    keys: join(folder, 'keys'),
    recovery: join(folder, 'keys', 'master-recovery.json'),
    store: join(folder, 'store.sqlite'),
    documents: folder,
    chain: join(folder, 'chain'),
    key: (name) => join(folder, 'keys', `${name}.json`),
  }
}
