/** Builds the evidence vectors on a real chain: sound bundles first, then each of them spoilt in one way. */
import { openEvidenceChain } from './chain.ts'
import { materialOf } from './material.ts'
import { blockVectors, groundVectors, soundVectors, statusVectors } from './sound.ts'
import { formVectors, omissionVectors, proofVectors } from './spoilt.ts'
import type { EvidenceVector } from './judge.ts'

/** All of them anew, from a chain started for it; the same Anvil gives the same. */
export async function buildVectors(): Promise<EvidenceVector[]> {
  const chain = await openEvidenceChain()
  try {
    const material = await materialOf(chain)
    return [
      ...soundVectors(material),
      ...groundVectors(material),
      ...statusVectors(material),
      ...blockVectors(material),
      ...omissionVectors(material),
      ...proofVectors(material),
      ...formVectors(material),
    ]
  } finally {
    await chain.close()
  }
}
