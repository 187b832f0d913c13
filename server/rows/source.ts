/** Where the bytes of a file of rows come from: they are read more than once, and never held whole but where a format needs it. */

import { createReadStream } from 'node:fs'

export type RowSource = {
  /** The bytes from the first on, each time it is called. */
  read(): AsyncIterable<Uint8Array>
}

/** A file that is somebody's own, as the terminal reads it. */
export function fileSource(path: string): RowSource {
  return { read: () => createReadStream(path) as AsyncIterable<Uint8Array> }
}

/** The bytes held already, as a test or a small request has them. */
export function bytesSource(bytes: Uint8Array): RowSource {
  return {
    read: async function* () {
      yield await Promise.resolve(bytes)
    },
  }
}

/** The first `count` bytes, or as many as there are. */
export async function firstBytes(source: RowSource, count: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of source.read()) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= count) break
  }
  return Buffer.concat(chunks).subarray(0, count)
}
