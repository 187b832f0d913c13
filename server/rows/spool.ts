/**
 * An upload on its way through the disk. Its rows are needed twice (what names the request is a hash of all of them),
 * and are too many for memory, so they are laid down: encrypted with AES-256-GCM under a key that is made for this one
 * upload and is in this process's memory alone, in a file that has no name any more once it is open. What a disk may
 * keep of a deleted file, a solid-state disk above all, is then noise; and a process that dies leaves nothing to find.
 */

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { fatal } from './problems.ts'
import type { RowSource } from './source.ts'

const CHUNK_BYTES = 64 * 1024
const TAG_BYTES = 16
const IV_BYTES = 12
const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES

export type Spool = RowSource & {
  readonly size: number
  /** SHA-256 of all bytes, hex. */
  readonly digest: string
  /** Lets go of the file; what is on the disk cannot be read from then on. Twice is once. */
  close(): Promise<void>
}

/**
 * Lays a stream down in `folder`, which is made where it is missing, up to `maxBytes`. Throws `RowsError`
 * `file-too-large`, and what the stream throws; then nothing is kept.
 */
export async function spool(
  stream: AsyncIterable<Uint8Array>,
  folder: string,
  maxBytes: number,
): Promise<Spool> {
  const file = await openNameless(folder)
  try {
    const key = randomBytes(32)
    const { size, digest } = await lay(stream, file, key, maxBytes)
    let closing: Promise<void> | undefined
    return {
      size,
      digest,
      read: () => readBack(file, key, size),
      close: () => {
        key.fill(0)
        return (closing ??= file.close())
      },
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** A process that dies between making the file and taking its name away leaves an empty one: they are swept here. */
async function openNameless(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomBytes(16).toString('hex'))
  const file = await open(path, 'wx+', 0o600)
  for (const name of await readdir(folder)) await rm(join(folder, name), { force: true })
  return file
}

async function lay(
  stream: AsyncIterable<Uint8Array>,
  file: FileHandle,
  key: Uint8Array,
  maxBytes: number,
): Promise<{ size: number; digest: string }> {
  const hash = createHash('sha256')
  let held = Buffer.alloc(0)
  let size = 0
  let index = 0
  const write = async (plain: Buffer): Promise<void> => {
    await file.write(sealChunk(key, index, plain), 0, undefined, index * SEALED_BYTES)
    index += 1
  }
  for await (const chunk of stream) {
    size += chunk.length
    if (size > maxBytes) throw fatal('file-too-large', `over ${maxBytes} bytes`)
    hash.update(chunk)
    held = Buffer.concat([held, chunk])
    let from = 0
    for (; held.length - from >= CHUNK_BYTES; from += CHUNK_BYTES) {
      await write(held.subarray(from, from + CHUNK_BYTES))
    }
    held = held.subarray(from)
  }
  if (held.length > 0) await write(held)
  return { size, digest: hash.digest('hex') }
}

async function* readBack(
  file: FileHandle,
  key: Uint8Array,
  size: number,
): AsyncGenerator<Uint8Array> {
  for (let index = 0; index * CHUNK_BYTES < size; index += 1) {
    const plain = Math.min(CHUNK_BYTES, size - index * CHUNK_BYTES)
    const sealed = Buffer.alloc(plain + TAG_BYTES)
    await file.read(sealed, 0, sealed.length, index * SEALED_BYTES)
    yield openChunk(key, index, sealed)
  }
}

/** The key seals every place once, so its number is a nonce that never comes again. */
function nonceOf(index: number): Buffer {
  const iv = Buffer.alloc(IV_BYTES)
  iv.writeUIntBE(index, IV_BYTES - 6, 6)
  return iv
}

function sealChunk(key: Uint8Array, index: number, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index))
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws where the disk gives back other bytes than it was given. */
function openChunk(key: Uint8Array, index: number, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
  const plain = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES))
  return Buffer.concat([plain, decipher.final()])
}
