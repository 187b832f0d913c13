/** Paths of leaves that follow each other, as a tree packs them: one after the other, each as long as its leaf is deep. */

import { pathLength } from '../../src/index.ts'

export const HASH_BYTES = 32

/**
 * Takes the paths one by one, from the first on: a view, 32 bytes of each sibling.
 * @param size of the tree
 */
export function pathTaker(paths: Uint8Array, size: number): (index: number) => Uint8Array {
  let at = 0
  return (index) => {
    const path = paths.subarray(at, at + HASH_BYTES * pathLength(size, index))
    at += path.length
    return path
  }
}
