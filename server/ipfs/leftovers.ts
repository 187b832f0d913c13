/** Taking away files by the beginning of their names: a block or a CAR, and what writes that were cut short left of it. */

import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../keys/durable.ts'

export async function removeBeginningWith(folder: string, beginning: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  if (names === undefined) return
  for (const name of names.filter((one) => one.startsWith(beginning))) {
    await rm(join(folder, name), { force: true })
  }
  await syncFolder(folder)
}
