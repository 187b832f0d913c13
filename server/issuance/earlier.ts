/** Learners who hold a certificate of the same achievement already, from an earlier batch: a warning, never a problem. */

import type { Template } from '../../src/index.ts'
import type { Vault } from '../keys/vault.ts'
import { comparable, MAX_ROWS_NAMED } from './learners.ts'
import { CHUNK } from './parts.ts'
import type { IssuingParts } from './parts.ts'
import type { Learner, RowWarning } from './types.ts'

export type EarlierWatch = {
  see(row: number, learner: Learner): Promise<void>
  end(): Promise<void>
  warnings(): RowWarning[]
}

/** What the store finds a learner by; `undefined` where the row has no such cell. */
export function tagsOf(
  vault: Vault,
  learner: Learner,
): { email: Uint8Array | undefined; externalId: Uint8Array | undefined } {
  const tag = (kind: 'email' | 'externalId'): Uint8Array | undefined => {
    const value = learner[kind]
    return value === undefined ? undefined : vault.tag(comparable(value), kind)
  }
  return { email: tag('email'), externalId: tag('externalId') }
}

/** The achievement that batches of one template share, whatever the version of its file. */
export function achievementOf(template: Template): string {
  return template.file.achievement.id
}

/** Asks the store for a chunk of rows at a time. */
export function watchEarlier(
  { store, vault, issuer }: Pick<IssuingParts, 'store' | 'vault' | 'issuer'>,
  template: Template,
): EarlierWatch {
  const rows: number[] = []
  /** Rows by tag, in hex. */
  let asked = new Map<string, number[]>()
  const ask = async (): Promise<void> => {
    const tags = [...asked.keys()].map((hex) => Buffer.from(hex, 'hex'))
    const known = await store.holdersAmong(issuer, achievementOf(template), tags)
    const found = known.flatMap((tag) => asked.get(Buffer.from(tag).toString('hex')) ?? [])
    asked = new Map()
    for (const row of [...new Set(found)].toSorted((a, b) => a - b)) {
      if (rows.length < MAX_ROWS_NAMED) rows.push(row)
    }
  }
  return {
    see: async (row, learner) => {
      for (const tag of Object.values(tagsOf(vault, learner))) {
        if (tag === undefined) continue
        const hex = Buffer.from(tag).toString('hex')
        asked.set(hex, [...(asked.get(hex) ?? []), row])
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
