import { createHash } from 'node:crypto'
import { inclusionFault } from '../../src/merkle/path.ts'
import type { Inclusion } from '../../src/merkle/path.ts'
import { treeOf } from '../../src/merkle/tree.ts'
import type { Commitment } from '../../src/primitives/bytes.ts'

/** As many invented commitments as asked for: always the same ones, no two equal. */
export function inventedCommitments(count: number): Commitment[] {
  return Array.from({ length: count }, (_, index) => inventedCommitment(`commitment ${index}`))
}

export function inventedCommitment(name: string): Commitment {
  return `0x${createHash('sha256').update(name).digest('hex')}` as Commitment
}

export const SIZES = [1, 2, 3, 5, 8, 13, 25]

/** A true inclusion for every index of a batch of so many invented commitments. */
export function inclusionsOf(size: number): Inclusion[] {
  const batch = inventedCommitments(size)
  const tree = treeOf(batch)
  return batch.map((commitment, index) => {
    return { root: tree.root, size, index, commitment, path: tree.pathOf(index) }
  })
}

export function inclusionAt(size: number, index: number): Inclusion {
  const inclusion = inclusionsOf(size)[index]
  if (inclusion === undefined) throw new Error(`no index ${index} in a batch of ${size}`)
  return inclusion
}

export function everyInclusion(): Inclusion[] {
  return SIZES.flatMap(inclusionsOf)
}

/** What is wrong with a true inclusion once this is changed in it. */
export function faultWith(inclusion: Inclusion, change: Partial<Inclusion>): string | undefined {
  return inclusionFault({ ...inclusion, ...change })
}
