/** Bytes that stand compressed in a picture or a PDF, within a limit: a small file can stand for a huge one. */

/** What several may still take together. */
export type Allowance = { left: number }

type Wanted = { readonly first?: number; readonly allowance?: Allowance }

/**
 * @param first what the bytes must start with, where only such are wanted: others are given up at once
 * @returns undefined where the bytes are not zlib's, start with another byte, or stand for more than `most`
 *   or than is left of the allowance, from which what is read is taken
 */
export async function inflate(
  bytes: Uint8Array,
  most: number,
  { first, allowance = { left: most } }: Wanted = {},
): Promise<Uint8Array | undefined> {
  const source = new Blob([new Uint8Array(bytes)]).stream()
  const reader = source.pipeThrough(new DecompressionStream('deflate')).getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      const isOther = length === 0 && first !== undefined && value[0] !== first
      length += value.length
      if (!isOther) allowance.left -= value.length
      if (isOther || length > most || allowance.left < 0) {
        await reader.cancel()
        return undefined
      }
      chunks.push(value)
    }
  } catch {
    // What the decompressor says of bytes that are none of its own.
    return undefined
  }
  return joined(chunks, length)
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
