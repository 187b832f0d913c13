/**
 * The erasure journal: what was erased, in a file that no backup holds, so that a restored one can be erased again. One
 * line is one JSON object; its `sum` is the SHA-256 of the sum before and the line without it, so that a line which is
 * changed, or taken out between others, shows. Lines name certificates, and no learner.
 */

import { createHash } from 'node:crypto'
import { chmod, open, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { FormatError, parseJson, parseShape, utf8 } from '../../src/index.ts'
import { syncFolder } from '../keys/durable.ts'
import { withLock } from '../lock.ts'
import { unlessMissing } from '../missing.ts'

type Entry = {
  readonly cid: string
  readonly batchId: string
  readonly index: number
  /** Of the contract's closed list. */
  readonly reason: number
  /** Milliseconds since 1970. */
  readonly at: number
}

/** `erase` is decided and must happen, `done` that it has. */
export type ErasureEntry = Entry & { readonly kind: 'erase' | 'done' }
/** The link of the CID is replaced: no sealing of this certificate before `sealing` may be given out. */
export type ResealingEntry = Entry & { readonly kind: 'reseal'; readonly sealing: number }
export type JournalEntry = ErasureEntry | ResealingEntry

export type Journal = {
  /** Every entry, oldest first. Throws `FormatError` `wrong-value` naming the line that does not follow. */
  read(): Promise<JournalEntry[]>
  /** On disk when this resolves. */
  append(entry: JournalEntry): Promise<void>
}

const members = {
  cid: z.string().min(1),
  batchId: z.string().min(1),
  index: z.int().min(0),
  reason: z.int().min(0),
  at: z.int(),
  sum: z.string().regex(/^[0-9a-f]{64}$/),
}

const line = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['erase', 'done']), ...members }),
  z.strictObject({ kind: z.literal('reseal'), ...members, sealing: z.int().min(1) }),
])

type Chained = { readonly entries: JournalEntry[]; readonly sum: string; readonly length: number }

/** The journal in a file, which the first entry makes. Several processes may use it. */
export function openJournal(path: string): Journal {
  return {
    read: async () => chainOf(await readText(path), path).entries,
    append: (entry) => withLock(`${path}.lock`, () => append(path, entry)),
  }
}

async function append(path: string, entry: JournalEntry): Promise<void> {
  const isNew = (await stat(path).catch(() => undefined)) === undefined
  const file = await open(path, 'a+', 0o600)
  try {
    const { sum, length } = chainOf(new Uint8Array(await file.readFile()), path)
    // What follows the last whole line was cut short by a crash, and was never acknowledged.
    await file.truncate(length)
    await write(file, `${JSON.stringify({ ...entry, sum: sumOf(sum, entry) })}\n`)
  } finally {
    await file.close()
  }
  await chmod(path, 0o600)
  if (isNew) await syncFolder(dirname(path))
}

async function write(file: FileHandle, text: string): Promise<void> {
  await file.writeFile(text)
  await file.sync()
}

async function readText(path: string): Promise<Uint8Array> {
  const file = await unlessMissing(open(path, 'r'))
  if (file === undefined) return new Uint8Array()
  try {
    return new Uint8Array(await file.readFile())
  } finally {
    await file.close()
  }
}

/** Every whole line as an entry; each must follow from the one before. */
function chainOf(bytes: Uint8Array, path: string): Chained {
  const length = bytes.lastIndexOf(NEWLINE) + 1
  const entries: JournalEntry[] = []
  let sum = ''
  const lines = Buffer.from(bytes.subarray(0, length)).toString('utf8').split('\n').slice(0, -1)
  for (const [at, text] of lines.entries()) {
    const place = `${path}:${at + 1}`
    const { sum: told, ...entry } = parseLine(text, place)
    sum = sumOf(sum, entry)
    if (told !== sum) {
      const message = `line ${at + 1} of the erasure journal was changed, or one before it is missing`
      throw new FormatError('wrong-value', place, message)
    }
    entries.push(entry)
  }
  return { entries, sum, length }
}

function parseLine(text: string, place: string): z.infer<typeof line> {
  try {
    return parseShape(line, parseJson(utf8(text)))
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new FormatError(error.code, place, `the erasure journal: ${error.message}`)
  }
}

function sumOf(before: string, entry: JournalEntry): string {
  const { kind, cid, batchId, index, reason, at } = entry
  const more = kind === 'reseal' ? [entry.sealing] : []
  const text = JSON.stringify([before, kind, cid, batchId, index, reason, at, ...more])
  return createHash('sha256').update(text).digest('hex')
}

const NEWLINE = 0x0a
