/** Where things stand in a data folder. */

import { join } from 'node:path'

export type KeyName = 'issuer' | 'anchor' | 'status' | 'master'

export type Files = {
  readonly folder: string
  readonly policy: string
  readonly recovery: string
  readonly store: string
  readonly documents: string
  readonly chain: string
  key(name: KeyName): string
}

export function filesOf(folder: string): Files {
  return {
    folder,
    policy: join(folder, 'policy.json'),
    recovery: join(folder, 'keys', 'master-recovery.json'),
    store: join(folder, 'store.sqlite'),
    documents: folder,
    chain: join(folder, 'chain'),
    key: (name) => join(folder, 'keys', `${name}.json`),
  }
}
