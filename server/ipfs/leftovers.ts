/** Taking away files by the beginning of their names: a block or a CAR, and what writes that were cut short left of it. */

import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../keys/durable.ts'
import { unlessMissing } from '../missing.ts'

export async function removeBeginningWith(folder: string, beginning: string): Promise<void> {
  const names = await unlessMissing(readdir(folder))
  if (names === undefined) return
  for (const name of names.filter((one) => one.startsWith(beginning))) {
    await rm(join(folder, name), { force: true })
  }
  await syncFolder(folder)
}
