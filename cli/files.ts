/** Files that a person named: reading and writing them, with errors that say which and why. */

import { randomBytes } from 'node:crypto'
import { open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { EXIT, Failure, usage } from './failure.ts'
import { printable } from './printable.ts'
import type { Words } from './texts/words.ts'

const STDIN = '-'
/** Policies, templates, profiles: far beyond what any of them needs. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024

/** The bytes of a file, or of standard input for `-`; never more than `limit` + 1, so that a reader sees it is too many. */
export async function readBytes(
  path: string,
  words: Words,
  limit = MAX_FILE_BYTES,
): Promise<Uint8Array> {
  try {
    const file = path === STDIN ? undefined : await open(path)
    const stream = file?.createReadStream({ end: limit }) ?? process.stdin
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      if (length > limit) break
    }
    return new Uint8Array(Buffer.concat(chunks).subarray(0, limit + 1))
  } catch (error) {
    throw cannotRead(path, error, words)
  }
}

/** The failure that a file which does not open is. */
export function cannotRead(path: string, error: unknown, words: Words): Failure {
  return usage('cannot-read', words.cannotRead(printable(path), whyOf(error, words)))
}

type Content = Uint8Array | string | AsyncIterable<string>

/** Writes a file for its owner alone; `isPrivate` ones are new. What makes the content throws its own errors. */
export async function writeBytes(
  path: string,
  content: Content,
  words: Words,
  isPrivate = false,
): Promise<void> {
  const source: { error?: unknown } = {}
  const watched =
    typeof content === 'string' || content instanceof Uint8Array ? content : noting(content, source)
  try {
    if (isPrivate) await writeNew(path, watched)
    else await replace(path, watched)
  } catch (error) {
    if (error === source.error) throw error
    const message = words.cannotWrite(printable(path), whyOf(error, words))
    throw new Failure(EXIT.refused, 'cannot-write', message)
  }
}

async function* noting(
  content: AsyncIterable<string>,
  source: { error?: unknown },
): AsyncGenerator<string> {
  try {
    yield* content
  } catch (error) {
    source.error = error
    throw error
  }
}

/** What is not written to its end is not there. */
async function writeNew(path: string, content: Content): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await writeFile(file, content, { flush: true })
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

/** What a learner's certificate says is for its reader alone; a file that was there before stands until the new one does. */
async function replace(path: string, content: Content): Promise<void> {
  const former = await stat(path).catch(() => undefined)
  if (former !== undefined && !former.isFile()) {
    await writeFile(path, content)
    return
  }
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeFile(beside, content, { flag: 'wx', mode: 0o600, flush: true })
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

/** In words where the system's code is a known one. */
export function whyOf(error: unknown, { fileErrors }: Words): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const known: Readonly<Record<string, string>> = fileErrors
  return known[code] ?? code
}
