import { randomFillSync } from 'node:crypto'

const NUMBERS = 2 ** 32
const DRAWN = 4096

/** A uniformly random permutation of 0…n−1 from the system's generator. */
export function randomOrder(n: number): Uint32Array {
  const order = new Uint32Array(n)
  for (let i = 0; i < n; i += 1) order[i] = i
  shuffler()(order)
  return order
}

/** What brings numbers into an order that is as likely as any other (Fisher and Yates, Durstenfeld's form). */
export function shuffler(): (order: Uint32Array) => void {
  const draw = drawing()
  return (order) => {
    for (let i = order.length - 1; i > 0; i -= 1) {
      const j = draw(i + 1)
      const held = order[i] ?? 0
      order[i] = order[j] ?? 0
      order[j] = held
    }
  }
}

/** Uniform numbers below a bound; asking the system for each alone takes a second for a million. */
function drawing(): (below: number) => number {
  const numbers = new Uint32Array(DRAWN)
  let at = DRAWN
  return (below) => {
    // A number beyond the last whole multiple of the bound would favour the small ones.
    const end = NUMBERS - (NUMBERS % below)
    for (;;) {
      if (at === DRAWN) {
        randomFillSync(numbers)
        at = 0
      }
      const number = numbers[at] ?? 0
      at += 1
      if (number < end) return number % below
    }
  }
}
