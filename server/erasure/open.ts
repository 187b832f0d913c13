/** Opening the journal of a data folder: nothing is served or issued before what was erased is erased. */

import { rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ConfigError } from '../config.ts'
import type { Config } from '../config.ts'
import { filesOf } from '../files.ts'
import type { Documents } from '../ipfs/documents.ts'
import type { Store } from '../storage/store.ts'
import { applyJournal } from './erase.ts'
import { openJournal } from './journal.ts'
import type { Journal } from './journal.ts'

/** Where the journal of a folder is; a relative `erasureJournal` starts from the folder. */
export function journalPathOf(
  folder: string,
  { erasureJournal }: Pick<Config, 'erasureJournal'>,
): string {
  return erasureJournal === undefined ? filesOf(folder).journal : resolve(folder, erasureJournal)
}

/**
 * Opens the journal and applies it; after a restoration, all of it. Throws `FormatError` where it was changed,
 * `ConfigError` `invalid` where a copy was put back and the journal is not there.
 */
export async function openErasures(
  folder: string,
  config: Config,
  store: Store,
  documents: Documents,
  leaseMs: number,
): Promise<Journal> {
  const path = journalPathOf(folder, config)
  const { restored } = filesOf(folder)
  const isRestored = await exists(restored)
  if (isRestored && !(await exists(path))) {
    const message = `a copy was put back, and the erasure journal ${path} is not there`
    throw new ConfigError('invalid', '/erasureJournal', message)
  }
  const journal = openJournal(path)
  await applyJournal({ store, documents, journal, now: Date.now, leaseMs }, isRestored)
  if (isRestored) {
    await store.audit({ at: Date.now(), action: 'restore', subject: 'folder', actor: 'cli' })
    await rm(restored)
  }
  return journal
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
