/** Files that lie where SQLite has some open. */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type CopiedFile = { readonly name: string; readonly bytes: Buffer }

/**
 * Every file of a folder, read from a copy that another process makes: whoever closes a file of a database, however it was
 * opened, lets go of every lock that its process has on it (https://www.sqlite.org/howtocorrupt.html, section 2.2).
 */
export async function copiedFiles(folder: string): Promise<CopiedFile[]> {
  const copy = await mkdtemp(join(tmpdir(), 'inaltera-copied-'))
  try {
    await promisify(execFile)('cp', ['-R', folder, copy])
    const entries = await readdir(copy, { recursive: true, withFileTypes: true })
    const files: CopiedFile[] = []
    for (const { parentPath, name } of entries.filter((one) => one.isFile())) {
      files.push({ name, bytes: await readFile(join(parentPath, name)) })
    }
    return files
  } finally {
    await rm(copy, { recursive: true })
  }
}

/** The contents of a store in SQLite and of its log, which are there. */
export async function copiedStore(folder: string): Promise<[file: Buffer, log: Buffer]> {
  const files = await copiedFiles(folder)
  const bytesOf = (wanted: string): Buffer => {
    const found = files.find(({ name }) => name === wanted)
    if (found === undefined) throw new Error(`there is no ${wanted} in ${folder}`)
    return found.bytes
  }
  return [bytesOf('store.sqlite'), bytesOf('store.sqlite-wal')]
}
