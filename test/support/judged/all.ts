import { chainVectors, crowdVectors, missingVectors } from './accreditors.ts'
import type { Judged } from './judged.ts'
import { clockVectors, pastVectors, textVectors } from './moments.ts'
import { domainVectors, profileVectors } from './names.ts'

/** Every certificate of `test/vectors/judged/`. */
export async function allJudged(): Promise<Judged[]> {
  const groups = [chainVectors, crowdVectors, missingVectors, domainVectors, profileVectors]
  const others = [pastVectors, textVectors, clockVectors]
  return (await Promise.all([...groups, ...others].map((group) => group()))).flat()
}
