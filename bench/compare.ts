/** Ours beside the peers' own published packages, in one run: trees with all their paths, issuing, verifying. */
import { exponentOf, figuresOf } from './run.ts'
import type { Figure, Limits, Plan } from './run.ts'

const BRIEF: readonly Plan[] = [
  { name: 'tree/inaltera', sizes: [1_000, 10_000, 100_000, 1_000_000] },
  { name: 'tree/inaltera on 2 threads', sizes: [100_000, 1_000_000] },
  { name: 'tree/merkletreejs', sizes: [1_000, 10_000] },
  { name: 'tree/openzeppelin', sizes: [1_000] },
  { name: 'issue/inaltera', sizes: [100, 1_000, 8_000] },
  { name: 'issue/open-attestation', sizes: [500, 1_000] },
  { name: 'issue/digitalbazaar', sizes: [100] },
  { name: 'verify/inaltera', sizes: [100, 1_000, 8_000] },
  { name: 'verify/open-attestation', sizes: [500, 1_000] },
  { name: 'verify/digitalbazaar', sizes: [100] },
]

const FULL: readonly Plan[] = [
  { name: 'tree/inaltera', sizes: [1_000, 10_000, 100_000, 1_000_000] },
  { name: 'tree/inaltera on 2 threads', sizes: [10_000, 100_000, 1_000_000] },
  { name: 'tree/merkletreejs', sizes: [1_000, 10_000, 100_000, 1_000_000] },
  { name: 'tree/openzeppelin', sizes: [1_000, 10_000, 100_000, 1_000_000] },
  { name: 'issue/inaltera', sizes: [1_000, 10_000, 100_000] },
  { name: 'issue/open-attestation', sizes: [1_000, 10_000, 20_000] },
  { name: 'issue/digitalbazaar', sizes: [100, 1_000] },
  { name: 'verify/inaltera', sizes: [1_000, 10_000, 100_000] },
  { name: 'verify/open-attestation', sizes: [1_000, 10_000] },
  { name: 'verify/digitalbazaar', sizes: [100, 1_000] },
]

const BRIEF_LIMITS: Limits = { runs: 3, budgetMs: 8_000, limitMs: 60_000 }
const FULL_LIMITS: Limits = { runs: 5, budgetMs: 90_000, limitMs: 600_000 }

/** A whole comparison. */
export type Compared = {
  /** At most so many runs of a size; each figure holds its own. */
  readonly runs: number
  readonly figures: readonly Figure[]
  /** How many times as fast as a peer ours is, at the largest size that both did: by `<work>/<peer>`. */
  readonly ratios: Readonly<Record<string, number>>
  /** Of time = a · size^b. */
  readonly exponents: Readonly<Record<string, number>>
}

export async function compare(isFull: boolean): Promise<Compared> {
  const limits = isFull ? FULL_LIMITS : BRIEF_LIMITS
  const figures: Figure[] = []
  for (const plan of isFull ? FULL : BRIEF) {
    process.stderr.write(`${plan.name}\n`)
    figures.push(...(await figuresOf(plan, limits)))
  }
  const names = [...new Set(figures.map(({ name }) => name))]
  return {
    runs: limits.runs,
    figures,
    ratios: entriesOf(names, (name) => ratioOf(name, figures)),
    exponents: entriesOf(names, (name) => exponentOf(figures.filter((one) => one.name === name))),
  }
}

function entriesOf(
  names: readonly string[],
  valueOf: (name: string) => number | undefined,
): Record<string, number> {
  const entries = names.flatMap((name) => {
    const value = valueOf(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(entries)
}

/** Both on one thread at the largest size that both did; where they share none, each item's time at their largest. */
function ratioOf(name: string, figures: readonly Figure[]): number | undefined {
  const [work = '', whose = ''] = name.split('/')
  if (whose.startsWith('inaltera')) return undefined
  const done = (of: string): Figure[] =>
    figures.filter((one) => one.name === of && one.ms !== undefined)
  const peers = done(name)
  const ours = done(`${work}/inaltera`)
  const peer = peers.findLast(({ size }) => ours.some((own) => own.size === size)) ?? peers.at(-1)
  const own = ours.find(({ size }) => size === peer?.size) ?? ours.at(-1)
  if (peer?.ms === undefined || own?.ms === undefined) return undefined
  return peer.ms / peer.size / (own.ms / own.size)
}
