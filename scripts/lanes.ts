/** The lanes that tests run in, beside each other: which files each has, and what it is called. */

const LANES = ['contract', 'computing', 'faults', 'losses', 'chains', 'programs', 'pages'] as const
export type AnyLane = (typeof LANES)[number]
export type Lane = Exclude<AnyLane, 'contract'>

const filesIn = (...folders: readonly string[]): string[] =>
  folders.map((folder) => `test/${folder}/**/*.test.ts`)
/** What each lane runs; `computing` is all that the others leave. */
const WAITING: Readonly<Record<Exclude<Lane, 'computing'>, readonly string[]>> = {
  faults: filesIn('server/issuance'),
  losses: filesIn('server/fsck', 'server/erasure'),
  chains: filesIn('server', 'registry', 'node'),
  programs: [...filesIn('cli', 'e2e'), 'test/*.test.ts'],
  pages: filesIn('web'),
}
export const NAMES: Readonly<Record<Lane, string>> = {
  computing: 'everything else (Mocha)',
  faults: 'batches, and whatever cuts them short (Mocha)',
  losses: 'what is damaged, erased or put back (Mocha)',
  chains: 'chains and servers (Mocha)',
  programs: 'programs (Mocha)',
  pages: 'pages (Mocha)',
}

/** As Mocha takes them. */
export function filesOf(lane: Lane): string[] {
  const without = (others: readonly string[]): string[] =>
    others.flatMap((file) => ['--ignore', file])
  if (lane === 'chains')
    return [...without([...WAITING.faults, ...WAITING.losses]), ...WAITING.chains]
  if (lane !== 'computing') return [...WAITING[lane]]
  const others = [...WAITING.chains, ...WAITING.programs, ...WAITING.pages, 'test/contracts/**']
  return [...without(others), 'test/**/*.test.ts']
}

/** All, or those that are asked for by name. */
export function lanesOf(names: readonly string[]): ReadonlySet<AnyLane> {
  const lanes = LANES.filter((lane) => names.length === 0 || names.includes(lane))
  const unknown = names.find((name) => !LANES.some((lane) => lane === name))
  if (unknown !== undefined) {
    throw new Error(`there is no lane ${unknown}; there are ${LANES.join(', ')}`)
  }
  return new Set(lanes)
}
