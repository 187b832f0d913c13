/** Writing a file so that it is whole or absent, whatever happens in between. */

import { randomBytes } from 'node:crypto'
import { link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes beside the file, forces the bytes to disk, renames over it and forces the folder: after a crash the old or
 * the new file is there, never a part.
 */
export async function writeDurably(
  path: string,
  content: string | Uint8Array,
  mode = 0o600,
): Promise<void> {
  await placeDurably(path, content, mode, rename)
}

/** The same for a file that must not be there yet: false where it is, and then it stays as it was. */
export async function createDurably(
  path: string,
  content: string | Uint8Array,
  mode = 0o600,
): Promise<boolean> {
  try {
    // A link, unlike a rename, never takes the place of what stands there.
    await placeDurably(path, content, mode, link)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function placeDurably(
  path: string,
  content: string | Uint8Array,
  mode: number,
  place: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const file = await open(beside, 'wx', mode)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await place(beside, path)
  } finally {
    await rm(beside, { force: true })
  }
  await syncFolder(dirname(path))
}

/** Forces a folder's entries to disk. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
