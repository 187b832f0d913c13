import { randomInt } from 'node:crypto'

/** A uniformly random permutation of 0…n−1 from the system's generator (Fisher and Yates, Durstenfeld's form). */
export function randomOrder(n: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i -= 1) {
    const j = randomInt(i + 1)
    const held = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = held
  }
  return order
}
