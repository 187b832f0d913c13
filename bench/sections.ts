/** What was measured, as tables: for a terminal, and for docs/PERFORMANCE.md between marks of the section's name. */
import type { VerifyRates } from './chromium.ts'
import type { Compared } from './compare.ts'
import type { Issued, IssuedFigure, StageRow } from './issued.ts'
import type { ProfileRow } from './profile.ts'
import type { Figure } from './run.ts'

export type Table = readonly (readonly string[])[]

export type Section = {
  readonly name: string
  /** Paragraphs and tables, in order. */
  readonly parts: readonly (string | Table)[]
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

export function timeOf(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(ms < 100_000 ? 2 : 0)} s`
}

/** Three digits, as far as there are. */
export function micros(us: number): string {
  return us >= 100 ? us.toFixed(0) : us.toPrecision(us < 0.01 ? 1 : 3)
}

export function peersSection({ runs, figures, ratios, exponents }: Compared): Section {
  return {
    name: 'peers',
    parts: [
      `Medians of up to ${runs} runs, each in a process of its own; ratios are those of one thread, at the largest size that both did.`,
      [
        ['against', 'times as fast'],
        ...Object.entries(ratios).map(([name, ratio]) => [name, `${ratio.toFixed(1)} ×`]),
      ],
      [['what', 'items', 'median', 'items / s', 'peak memory', 'runs'], ...figures.map(figureRow)],
      'How time grows with the number of items, time = a · items^b:',
      [['', 'b'], ...Object.entries(exponents).map(([name, b]) => [name, b.toFixed(2)])],
    ],
  }
}

function figureRow({ name, size, ms, rssMiB, runs, why }: Figure): string[] {
  if (ms === undefined || rssMiB === undefined) return [name, count(size), why ?? '', '', '', '']
  const rate = count((1000 * size) / ms)
  return [name, count(size), timeOf(ms), rate, `${rssMiB.toFixed(0)} MiB`, String(runs.length)]
}

export function ratesSection({ documents, bytes, node, chromium }: VerifyRates): Section {
  const row = (one: VerifyRates['node']): string[] => {
    const [least, most] = [Math.min(...one.rounds), Math.max(...one.rounds)]
    return [one.version, count(one.perSecond), `${count(least)} to ${count(most)}`, one.kernel]
  }
  const browser = 'why' in chromium ? ['Chromium', chromium.why, '', ''] : row(chromium)
  return {
    name: 'verify',
    parts: [
      `${count(documents)} certificates of ${count(bytes)} bytes, of a batch of 600,000, from bytes to a verdict with what the chain says at hand: parse, commitment, path, judge; one core, medians of ${node.rounds.length} rounds.`,
      [
        ['', 'certificates / s', 'rounds', 'kernel'],
        ['Node.js ' + (row(node)[0] ?? ''), ...row(node).slice(1)],
        browser,
      ],
    ],
  }
}

export function issuingSection({ figures, exponent }: Issued): Section {
  const heading = [
    'rows',
    'median',
    'rows / s',
    'runs',
    'peak memory',
    'before it',
    '/health p50',
    'p99',
    'most',
    'unanswered',
  ]
  const grows =
    exponent === undefined
      ? []
      : [`From 10,000 rows on, time grows with the exponent ${exponent.toFixed(2)}.`]
  const last = figures.findLast(({ run }) => run !== undefined)?.run
  const sizes =
    last === undefined
      ? []
      : [
          `A sealed certificate takes ${count(last.sealedBytes)} bytes in the CAR, and ${count(last.storeBytes)} in the store.`,
        ]
  return {
    name: 'issuing',
    parts: [[heading, ...figures.map(issuedRow)], [...grows, ...sizes].join(' ')],
  }
}

function issuedRow({ size, ms, runs, run, why }: IssuedFigure): string[] {
  if (ms === undefined || run === undefined)
    return [count(size), why ?? '', ...Array<string>(8).fill('')]
  const { rssMiB, idleMiB, health } = run
  return [
    count(size),
    timeOf(ms),
    count((1000 * size) / ms),
    String(runs.length),
    `${rssMiB.toFixed(0)} MiB`,
    `${idleMiB.toFixed(0)} MiB`,
    ...[health.p50, health.p99, health.most].map((one) => `${one.toFixed(0)} ms`),
    `${health.failed} of ${count(health.asked)}`,
  ]
}

/** Where the time goes in what one core computes. */
export function profileTable(rows: readonly ProfileRow[]): Table {
  const heading = ['ours', 'plain loop', 'distance', 'the plain loop is', 'what limits it']
  return [['work', 'stage', ...heading], ...rows.map(profileRow)]
}

export function stagesSection(rows: readonly ProfileRow[], issued: Issued): Section {
  return {
    name: 'stages',
    parts: [
      'What one core computes, microseconds of an item, the fastest of several rounds:',
      profileTable(rows),
      ...issuedStages(issued),
    ],
  }
}

/** Where the time of issuing goes, in the largest batch that was issued. */
export function issuedStages({ figures, stages }: Issued): (string | Table)[] {
  const size = figures.findLast(({ run }) => run !== undefined)?.size ?? 0
  const heading = ['plain loop', 'distance', 'the plain loop is', 'what limits it']
  return [
    `Issuing ${count(size)} rows, microseconds of a certificate; the plain loop is what its parts take with every core at work, measured right after in the same process:`,
    [['stage', 'wall', 'processor', ...heading], ...stages.map(stageRow)],
  ]
}

function profileRow({ work, stage, us, primitive, primitiveUs, limit }: ProfileRow): string[] {
  const isNone = primitiveUs === 0
  const [plain, distance] = isNone
    ? ['–', '–']
    : [micros(primitiveUs), `${(us / primitiveUs).toFixed(1)} ×`]
  return [work, stage, micros(us), plain, distance, primitive, limit]
}

function stageRow({ step, us, cpuUs, plainUs, primitives, limit }: StageRow): string[] {
  const [plain, distance] =
    plainUs === undefined ? ['–', '–'] : [micros(plainUs), `${(us / plainUs).toFixed(1)} ×`]
  return [step, micros(us), micros(cpuUs), plain, distance, primitives, limit]
}
