/** Entries of the audit log by what changes a folder that nobody has open. */

import { readConfig } from './config.ts'
import { openStore } from './engines.ts'
import { filesOf } from './files.ts'

/**
 * Writes down what is about to happen, just before the step that decides it: nothing happens unsaid, though an entry may
 * stand for what was cut short. Throws `ConfigError`, `UnavailableError` where the store is away.
 */
export async function noteInFolder(
  folder: string,
  entry: { readonly action: string; readonly subject: string; readonly issuer?: string },
): Promise<void> {
  const store = await openStore(await readConfig(folder), filesOf(folder).store)
  try {
    await store.audit({ at: Date.now(), actor: 'cli', ...entry })
  } finally {
    await store.close()
  }
}
