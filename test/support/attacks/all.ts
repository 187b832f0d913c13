import { certificateAt, evidenceOf } from '../world.ts'
import type { Attack } from './forge.ts'
import { TEXT_ATTACKS } from './text.ts'
import { TREE_ATTACKS } from './tree.ts'
import { identityAttacks, statusAttacks, timeAttacks } from './world.ts'

/** Every attack vector, in the order of the tables of the threat model. */
export async function allAttacks(): Promise<Attack[]> {
  const honest = await evidenceOf(certificateAt(3))
  return [
    ...TREE_ATTACKS,
    ...TEXT_ATTACKS,
    ...(await identityAttacks(honest)),
    ...(await timeAttacks(honest)),
    ...(await statusAttacks()),
  ]
}
