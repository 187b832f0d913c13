/** The vaults of one issuer: a master key for each version, the last of them for new batches. */

import { KeystoreError } from './keystore.ts'
import type { Key } from './keystore.ts'
import { vaultOf } from './vault.ts'
import type { Vault } from './vault.ts'

export type Vaults = {
  /** The vault of new batches, and its version. */
  readonly vault: Vault
  readonly masterVersion: number
  /** The vault of a batch's version. Throws what opening that version's key file threw. */
  readonly vaultAt: (version: number) => Vault
}

/**
 * Opens the key of every version. One of an earlier version that is missing shows when it is needed: whoever destroyed
 * it wanted its batches closed, and no others.
 */
export async function openVaults(
  versions: number,
  keyAt: (version: number) => Promise<Key>,
): Promise<Vaults> {
  const vault = vaultOf((await keyAt(versions)).secret)
  const earlier: (Vault | Error)[] = []
  for (let version = 1; version < versions; version += 1) {
    const opened = await keyAt(version).then(
      ({ secret }) => vaultOf(secret),
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    )
    earlier.push(opened)
  }
  return {
    vault,
    masterVersion: versions,
    vaultAt: (version) => {
      const found = version === versions ? vault : earlier[version - 1]
      if (found === undefined) throw new Error(`this folder has no master key ${version}`)
      if (found instanceof Error) throw found
      return found
    },
  }
}

/** Every version that is there, the newest first: one that was destroyed closes its batches and no others. */
export function openVersions({
  masterVersion,
  vaultAt,
}: Pick<Vaults, 'masterVersion' | 'vaultAt'>): {
  readonly version: number
  readonly vault: Vault
}[] {
  const versions = Array.from({ length: masterVersion }, (_, i) => masterVersion - i)
  return versions.flatMap((version) => {
    try {
      return [{ version, vault: vaultAt(version) }]
    } catch (error) {
      if (error instanceof KeystoreError) return []
      throw error
    }
  })
}

/** Opens what some version sealed, whichever it was. Throws as the last one tried does. */
export function openAny(
  { masterVersion, vaultAt }: Pick<Vaults, 'masterVersion' | 'vaultAt'>,
  sealed: Uint8Array,
  place: string,
): Uint8Array {
  for (let version = masterVersion; version > 1; version -= 1) {
    try {
      return vaultAt(version).open(sealed, place)
    } catch {
      // Another version's.
      continue
    }
  }
  return vaultAt(1).open(sealed, place)
}
