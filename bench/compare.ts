/**
 * Ours beside the peers' own published packages, in one run: trees with all their paths, issuing, verifying. Ends within
 * three minutes; `--full` takes larger sizes and more runs. `--json <file>` writes the figures, `--write` puts tables
 * and charts into docs/PERFORMANCE.md.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { machine } from './machine.ts'
import { tell, writePage } from './page.ts'
import { exponentOf, figuresOf } from './run.ts'
import type { Compared, Figure, Plan } from './run.ts'

const BRIEF: readonly Plan[] = [
  { name: 'tree/inaltera', sizes: [2_000, 20_000, 200_000] },
  { name: 'tree/merkletreejs', sizes: [2_000, 20_000] },
  { name: 'tree/openzeppelin', sizes: [2_000] },
  { name: 'issue/inaltera', sizes: [100, 1_000, 8_000] },
  { name: 'issue/open-attestation', sizes: [500, 1_000] },
  { name: 'issue/digitalbazaar', sizes: [100] },
  { name: 'verify/inaltera', sizes: [100, 1_000, 8_000] },
  { name: 'verify/open-attestation', sizes: [500, 1_000] },
  { name: 'verify/digitalbazaar', sizes: [100] },
]

const FULL: readonly Plan[] = [
  { name: 'tree/inaltera', sizes: [10_000, 100_000, 1_000_000] },
  { name: 'tree/merkletreejs', sizes: [10_000, 100_000, 1_000_000] },
  { name: 'tree/openzeppelin', sizes: [10_000, 100_000, 1_000_000] },
  { name: 'issue/inaltera', sizes: [1_000, 10_000, 100_000] },
  { name: 'issue/open-attestation', sizes: [1_000, 10_000, 20_000] },
  { name: 'issue/digitalbazaar', sizes: [1_000] },
  { name: 'verify/inaltera', sizes: [1_000, 10_000, 100_000] },
  { name: 'verify/open-attestation', sizes: [1_000, 10_000] },
  { name: 'verify/digitalbazaar', sizes: [1_000] },
]

async function compare(isFull: boolean): Promise<Compared> {
  const runs = isFull ? 5 : 3
  const limitMs = isFull ? 600_000 : 60_000
  const figures: Figure[] = []
  for (const plan of isFull ? FULL : BRIEF) {
    process.stderr.write(`${plan.name}\n`)
    figures.push(...(await figuresOf(plan, runs, limitMs)))
  }
  const names = [...new Set(figures.map(({ name }) => name))]
  return {
    machine: machine(),
    at: new Date().toISOString(),
    runs,
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

/** Both at the largest size that both did; where they share none, each item's time at their largest. */
function ratioOf(name: string, figures: readonly Figure[]): number | undefined {
  const [work = '', whose = ''] = name.split('/')
  if (whose === 'inaltera') return undefined
  const done = (of: string): Figure[] =>
    figures.filter((one) => one.name === of && one.ms !== undefined)
  const peers = done(name)
  const ours = done(`${work}/inaltera`)
  const peer = peers.findLast(({ size }) => ours.some((own) => own.size === size)) ?? peers.at(-1)
  const own = ours.find(({ size }) => size === peer?.size) ?? ours.at(-1)
  if (peer?.ms === undefined || own?.ms === undefined) return undefined
  return peer.ms / peer.size / (own.ms / own.size)
}

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const compared = await compare(values.full)
process.stdout.write(tell(compared))
if (values.json !== undefined) {
  await writeFile(values.json, `${JSON.stringify(compared, undefined, 2)}\n`)
}
if (values.write) await writePage(compared)
