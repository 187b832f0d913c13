/** How much of a batch is worked on at a time. */

/** How many certificates are worked on, and kept in memory, at a time, where a batch is not large. */
export const CHUNK = 256
const LARGE_CHUNK = 512
const LARGE_FROM = 16_384

/** How many certificates of a batch of this size are worked on at a time: fewer, larger steps where there are many. */
export function chunkOf(size: number): number {
  return size < LARGE_FROM ? CHUNK : LARGE_CHUNK
}

/** After so many certificates whoever works on them lets the process do what else it has to do. */
export const STEP = 64
