/**
 * Everything that is measured, in one run: ours beside the peers, certificates verified in Node and in Chromium, issuing,
 * stages, search, and with `--full` a server under load. Ends within three minutes; the full run takes about an hour.
 */
import { writeFile } from 'node:fs/promises'
import { tellingOf } from '../bench/child.ts'
import { verifyRates } from '../bench/chromium.ts'
import { compare } from '../bench/compare.ts'
import { issuedFigures } from '../bench/issued.ts'
import type { Issued } from '../bench/issued.ts'
import { machine } from '../bench/machine.ts'
import { tell, writePage } from '../bench/page.ts'
import { paperSection } from '../bench/paper.ts'
import type { ProfileRow } from '../bench/profile.ts'
import type { Limits } from '../bench/run.ts'
import {
  issuedStages,
  issuingSection,
  peersSection,
  profileTable,
  ratesSection,
  stagesSection,
  timeOf,
} from '../bench/sections.ts'
import type { Section } from '../bench/sections.ts'
import { loadSection } from './bench-load.ts'
import { searchFigures, searchSection } from './bench-search.ts'
import type { SearchFigures } from './bench-search.ts'

export type WholeOptions = {
  readonly isFull: boolean
  /** Of a full run, the comparison alone is brief: peers take most of its time. */
  readonly hasBriefPeers: boolean
  /** Of the largest batch that is issued; by default what the size of the run says. */
  readonly rows?: number | undefined
  /** A file for the figures. */
  readonly json: string | undefined
  /** Put them into docs/PERFORMANCE.md. */
  readonly isWritten: boolean
}

type Sizes = {
  readonly issuing: readonly number[]
  readonly limits: Limits
  readonly search: number
}

const BRIEF: Sizes = {
  issuing: [2_000, 10_000],
  limits: { runs: 3, budgetMs: 15_000, limitMs: 60_000 },
  search: 20_000,
}
const FULL: Sizes = {
  issuing: [2_000, 10_000, 100_000, 1_000_000],
  limits: { runs: 3, budgetMs: 180_000, limitMs: 3_600_000 },
  search: 1_000_000,
}
const PROFILE_MS = 120_000

function sizesFor({ isFull, rows }: WholeOptions): Sizes {
  const sizes = isFull ? FULL : BRIEF
  if (rows === undefined) return sizes
  const issuing = FULL.issuing.filter((size) => size <= rows)
  return { ...sizes, issuing, limits: { ...sizes.limits, limitMs: FULL.limits.limitMs } }
}

export async function benchWhole(options: WholeOptions): Promise<void> {
  const { isFull, hasBriefPeers, json, isWritten } = options
  const since = performance.now()
  const [on, at] = [machine(), new Date().toISOString()]
  const sizes = sizesFor(options)
  const issued = await issuedFigures(sizes.issuing, sizes.limits)
  const compared = await compare(isFull && !hasBriefPeers)
  const rates = await verifyRates()
  const profile = await profileRows()
  const search = await searchFigures(sizes.search)
  const load = isFull ? await loadSection(true) : undefined
  const sections = [
    peersSection(compared),
    ratesSection(rates),
    issuingSection(issued),
    stagesSection(profile, issued),
    searchSection(search),
    ...(load === undefined ? [] : [load]),
    ...paperOf(issued, search),
  ]
  const seconds = (performance.now() - since) / 1000
  const measured = `Measured on ${at.slice(0, 10)} in one run of ${timeOf(1000 * seconds)}: ${on}.`
  console.log([measured, ...sections.map(tell)].join('\n\n'))
  if (json !== undefined) {
    const { ratios, ...beside } = compared
    const figures = { machine: on, at, isFull, seconds, ratios, ...beside, rates, issued, profile }
    await writeFile(
      json,
      `${JSON.stringify({ ...figures, search, load: load?.parts }, undefined, 2)}\n`,
    )
  }
  if (isWritten) await writePage(sections, measured, compared.ratios)
}

/** What one core computes. */
export async function benchCore(): Promise<void> {
  console.log(tell({ name: 'core', parts: [profileTable(await profileRows())] }))
}

export async function benchIssuing(sizes: readonly number[]): Promise<void> {
  const issued = await issuedFigures(sizes, { ...FULL.limits, runs: 1 })
  const stages = { name: 'stages', parts: issuedStages(issued) }
  console.log([issuingSection(issued), stages].map(tell).join('\n'))
}

async function profileRows(): Promise<readonly ProfileRow[]> {
  return parseRows(await tellingOf('profile.ts', [], PROFILE_MS))
}

/** What `bench/profile.ts` prints. */
function parseRows(told: Readonly<Record<string, unknown>>): readonly ProfileRow[] {
  return told['rows'] as readonly ProfileRow[]
}

/** Worked out from the largest batch that was issued, and the store that one server would not outgrow. */
function paperOf({ figures }: Issued, search: readonly SearchFigures[]): Section[] {
  const issuing = figures.findLast(({ run }) => run !== undefined)?.run
  const store = search.at(-1)
  if (issuing === undefined || store === undefined) return []
  const rowBytes = store.bytes / store.certificates
  return [paperSection({ issuing, rowBytes, rowStore: store.store })]
}
