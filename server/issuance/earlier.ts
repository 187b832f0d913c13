/** Learners who hold a certificate of the same achievement already, from an earlier batch: a warning, never a problem. */

import type { Template } from '../../src/index.ts'
import { openVersions } from '../keys/vaults.ts'
import { MAX_ROWS_NAMED } from './learners.ts'
import type { IssuingParts } from './parts.ts'
import { CHUNK } from './steps.ts'
import { achievementTags } from './search.ts'
import type { Learner, RowWarning } from './types.ts'

export type EarlierWatch = {
  /** Answers with the tags under the master key of now, for whoever enters the certificate. */
  see(row: number, learner: Learner): Promise<readonly bigint[]>
  end(): Promise<void>
  warnings(): RowWarning[]
}

/** Asks the store for a chunk of rows at a time. */
export function watchEarlier(
  parts: Pick<IssuingParts, 'store' | 'issuer' | 'vaultAt' | 'masterVersion'>,
  template: Template,
): EarlierWatch {
  const { store, issuer, masterVersion } = parts
  // Each master key makes its own tags; of a destroyed one's batches nothing is told.
  const versions = openVersions(parts)
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
      let ofNow: readonly bigint[] = []
      for (const { version, vault } of versions) {
        const tags = achievementTags(vault, learner, template)
        if (version === masterVersion) ofNow = tags
        for (const tag of tags) {
          const rowsOf = asked.get(tag)
          if (rowsOf === undefined) asked.set(tag, [row])
          else rowsOf.push(row)
        }
      }
      if (asked.size >= CHUNK) await ask()
      return ofNow
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
