/** Learners who hold a certificate of the same achievement already, from an earlier batch: a warning, never a problem. */

import type { Template } from '../../src/index.ts'
import { KeystoreError } from '../keys/keystore.ts'
import type { Vault } from '../keys/vault.ts'
import { MAX_ROWS_NAMED } from './learners.ts'
import { CHUNK } from './parts.ts'
import type { IssuingParts } from './parts.ts'
import { achievementTags } from './search.ts'
import type { Learner, RowWarning } from './types.ts'

export type EarlierWatch = {
  see(row: number, learner: Learner): Promise<void>
  end(): Promise<void>
  warnings(): RowWarning[]
}

/** Asks the store for a chunk of rows at a time. */
export function watchEarlier(
  parts: Pick<IssuingParts, 'store' | 'issuer' | 'vaultAt' | 'masterVersion'>,
  template: Template,
): EarlierWatch {
  const { store, issuer } = parts
  const vaults = vaultsOf(parts)
  const rows: number[] = []
  /** Rows by tag. */
  let asked = new Map<bigint, number[]>()
  const ask = async (): Promise<void> => {
    const inUse = await store.tagsInUse(issuer, [...asked.keys()])
    const found = inUse.flatMap((tag) => asked.get(tag) ?? [])
    asked = new Map()
    for (const row of [...new Set(found)].toSorted((a, b) => a - b)) {
      if (rows.length < MAX_ROWS_NAMED) rows.push(row)
    }
  }
  return {
    see: async (row, learner) => {
      for (const tag of vaults.flatMap((vault) => achievementTags(vault, learner, template))) {
        asked.set(tag, [...(asked.get(tag) ?? []), row])
      }
      if (asked.size >= CHUNK) await ask()
    },
    end: async () => {
      if (asked.size > 0) await ask()
    },
    warnings: () =>
      rows.length === 0
        ? []
        : [
            {
              code: 'earlier-certificate',
              rows,
              message: `rows ${rows.join(', ')}: an earlier batch certifies the same of this learner`,
            },
          ],
  }
}

/** Each master key makes its own tags. One that was destroyed closes its batches: nothing is told of them. */
function vaultsOf({
  vaultAt,
  masterVersion,
}: Pick<IssuingParts, 'vaultAt' | 'masterVersion'>): Vault[] {
  return Array.from({ length: masterVersion }, (_, i) => i + 1).flatMap((version) => {
    try {
      return [vaultAt(version)]
    } catch (error) {
      if (error instanceof KeystoreError) return []
      throw error
    }
  })
}
