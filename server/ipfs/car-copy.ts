/** Whether a large batch's CAR has what its other copy has, byte for byte: nothing has to be hashed again. */

import type { ManifestNode, RoomFor } from '../../src/index.ts'
import { carHeader, nodeSections, sectionHead, sectionsOf } from './car-sections.ts'
import { readAt, withFile } from './segment.ts'

/** A whole certificate, and its SHA-256. */
export type Copied = { readonly digest: Uint8Array; readonly block: Uint8Array }

/**
 * Whether these certificates stand at a place of the file, as sections one after the other.
 * @param roomFor where they are read to: so many bytes
 */
export async function standInCar(
  path: string,
  from: number,
  certificates: readonly Copied[],
  roomFor?: RoomFor,
): Promise<boolean> {
  const heads = certificates.map(({ digest, block }) => sectionHead(digest, block.length))
  const length = certificates.reduce(
    (sum, { block }, at) => sum + (heads[at]?.length ?? 0) + block.length,
    0,
  )
  const bytes = await withFile(path, (file) => readAt(file, from, length, roomFor))
  if (bytes?.length !== length) return false
  let at = 0
  const stands = (part: Uint8Array): boolean => {
    const is = bytes.subarray(at, at + part.length).equals(part)
    at += part.length
    return is
  }
  return certificates.every(({ block }, place) => {
    return stands(heads[place] ?? block) && stands(block)
  })
}

/** Whether a CAR of so many bytes begins with this root and these nodes. */
export async function beginsCar(
  path: string,
  root: string,
  nodes: readonly ManifestNode[],
  length: number,
): Promise<boolean> {
  const is = await withFile(path, async (file) => {
    if ((await file.stat()).size !== length) return false
    let at = 0
    const stands = async (part: Uint8Array): Promise<boolean> => {
      const bytes = await readAt(file, at, part.length)
      at += part.length
      return bytes.equals(part)
    }
    if (!(await stands(carHeader(root)))) return false
    for (const section of nodeSections(nodes)) {
      if (!(await stands(sectionsOf([section])))) return false
    }
    return true
  })
  return is === true
}
