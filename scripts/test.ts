/**
 * Every test that this machine can run: the contract's by Hardhat, all others by Mocha, in lanes beside each other:
 * those that wait for chains and servers, those that cut batches short, those that wait for whole programs, those of
 * the pages, and those that compute. Ends with every failure once more, a table of what ran and was skipped, and one
 * plain line of figures. `--lane pages` runs that one alone, or several that are named so. Fails where a test failed,
 * where none ran, or where `INALTERA_REQUIRE` lists an engine that is missing or a test was skipped all the same.
 */
import { randomInt } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { runNode, seconds } from './child.ts'
import { plainLine, solidityFigures, sumOf, tableOf } from './figures.ts'
import type { Figures } from './figures.ts'
import { filesOf, lanesOf, NAMES } from './lanes.ts'
import type { AnyLane, Lane } from './lanes.ts'

const Told = z.strictObject({ title: z.string(), reason: z.string() })

/** What `test/support/reporter.ts` writes. */
const Report = z.strictObject({
  passed: z.number(),
  failed: z.number(),
  skipped: z.array(Told),
  failures: z.array(Told),
  engines: z.record(z.string(), z.string().nullable()),
})
type Report = z.infer<typeof Report>
type Told = z.infer<typeof Told>

interface Ran {
  readonly name: string
  readonly figures: Figures
  readonly reports: readonly Report[]
  readonly took: string
}

/** A long run repeats every law and every fuzz test far oftener, from a seed that it prints. */
function longEnvironment(): Record<string, string> {
  return {
    INALTERA_LONG: '1',
    INALTERA_FUZZ_RUNS: process.env['INALTERA_FUZZ_RUNS'] ?? '100000',
    INALTERA_PROPERTY_RUNS: process.env['INALTERA_PROPERTY_RUNS'] ?? '1000',
    INALTERA_SEED: process.env['INALTERA_SEED'] ?? String(randomInt(2 ** 31)),
  }
}

/**
 * Every lane ends within twenty-five minutes; on a machine that others use as well some take twice that. CI has 90
 * minutes: what is stuck has to be told before, so all lanes end within this of the start.
 */
const ALL_MS = 70 * 60_000

interface Task {
  readonly name: string
  readonly args: readonly string[]
  readonly shows: 'live' | 'at its end'
}

async function run({ name, args, shows }: Task, environment: Record<string, string>) {
  if (shows === 'live') console.log(`\n== ${name}`)
  const since = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'inaltera-test-'))
  try {
    if (shows === 'at its end') console.log(`\n== ${name}: shown when it has ended`)
    const isLong = environment['INALTERA_LONG'] === '1'
    const limit = isLong ? undefined : Math.max(0, ALL_MS - performance.now())
    const reporting = { ...environment, INALTERA_TEST_REPORT: folder }
    const ended = await runNode(args, reporting, shows, limit)
    const files = readdirSync(folder).map((file) => join(folder, file))
    const reports = files
      .filter((file) => file.endsWith('.json'))
      .map((file) => Report.parse(JSON.parse(readFileSync(file, 'utf8'))))
    if (reports.length === 0) tellWhere(name, files)
    return { ...ended, reports, took: seconds(since) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Of a run that was killed: what it was doing. */
function tellWhere(name: string, files: readonly string[]): void {
  const under = files.filter((file) => file.endsWith('.now'))
  for (const file of under) console.log(`== ${name}: ended in: ${readFileSync(file, 'utf8')}`)
}

function figuresOf(reports: readonly Report[]): Figures {
  return sumOf(reports.map((report) => ({ ...report, skipped: report.skipped.length })))
}

/** A runner that ends badly without a failed test (a file that does not load, a crash) is a failure of its own. */
function withCrash(figures: Figures, code: number): Figures {
  return code !== 0 && figures.failed === 0 ? { ...figures, failed: 1 } : figures
}

const REPORTER = './test/support/reporter.ts'
const MOCHA = ['--disable-warning=ExperimentalWarning', 'node_modules/mocha/bin/mocha.js']
const HARDHAT = ['node_modules/hardhat/dist/src/cli.js', 'test']

async function runMocha(
  lane: Lane,
  grep: readonly string[],
  environment: Record<string, string>,
): Promise<Ran> {
  const patience = environment['INALTERA_LONG'] === '1' ? ['--timeout', '1800000'] : []
  const name = NAMES[lane]
  const task: Task = {
    name,
    args: [...MOCHA, '--reporter', REPORTER, ...filesOf(lane), ...patience, ...grep],
    shows: lane === 'chains' ? 'live' : 'at its end',
  }
  const { code, reports, took } = await run(task, environment)
  return { name, figures: withCrash(figuresOf(reports), code), reports, took }
}

async function runHardhat(
  grep: readonly string[],
  environment: Record<string, string>,
): Promise<Ran> {
  const name = 'the contract (Hardhat)'
  const task: Task = { name, args: [...HARDHAT, ...grep], shows: 'at its end' }
  const { code, output, reports, took } = await run(task, environment)
  const figures = sumOf([figuresOf(reports), solidityFigures(output)])
  return { name, figures: withCrash(figures, code), reports, took }
}

/** The lanes beside each other; the contract's goes before what computes, as both do nothing else. */
async function runAll(
  wanted: ReadonlySet<AnyLane>,
  grep: readonly string[],
  environment: Record<string, string>,
): Promise<Ran[]> {
  const runOne = async (lane: AnyLane): Promise<Ran[]> => {
    if (!wanted.has(lane)) return []
    if (lane !== 'contract') return [await runMocha(lane, grep, environment)]
    return [await runHardhat(grep, environment)]
  }
  const computing = async (): Promise<Ran[]> => [
    ...(await runOne('contract')),
    ...(await runOne('computing')),
  ]
  const waiting = ['chains', 'faults', 'losses', 'programs', 'pages'] as const
  const ran = await Promise.all([computing(), ...waiting.map(runOne)])
  return ran.flat()
}

function required(): string[] {
  const names = (process.env['INALTERA_REQUIRE'] ?? '').split(',')
  return names.map((name) => name.trim()).filter((name) => name !== '')
}

/** What stands against calling the run good, in words. */
function complaintsOf(
  figures: Figures,
  engines: ReadonlyMap<string, string | null>,
  skipped: readonly Told[],
): string[] {
  const missing = required().filter((engine) => (engines.get(engine) ?? null) === null)
  const complaints = missing.map((engine) => `${engine} is required and was not found`)
  const excused = skipped.filter(({ reason }) => reason.endsWith(' cannot be had on this system'))
  if (required().length > 0 && figures.skipped > excused.length) {
    complaints.push(`INALTERA_REQUIRE is set, so no test may be skipped`)
  }
  if (figures.passed + figures.failed === 0) complaints.push('no test ran')
  if (figures.failed > 0) complaints.push('tests failed')
  return complaints
}

/** Whoever keeps only the end of a long output still has the reasons. */
function printFailures(ran: readonly Ran[]): void {
  for (const { title, reason } of ran.flatMap(({ reports }) => reports.flatMap((r) => r.failures)))
    console.log(`\n== failed: ${title}\n${reason}`)
}

const skippedOf = (ran: readonly Ran[]): Told[] =>
  ran.flatMap(({ reports }) => reports.flatMap((report) => report.skipped))

function printTable(ran: readonly Ran[], engines: ReadonlyMap<string, string | null>): void {
  const rows = ran.map(({ name, figures, took }) => {
    return [name, String(figures.passed), String(figures.failed), String(figures.skipped), took]
  })
  console.log(`\n${tableOf([['tests', 'passed', 'failed', 'skipped', 'took'], ...rows])}\n`)
  const found = [...engines].map(([engine, path]) => [
    engine,
    path ?? 'not found: tests that use it are skipped',
  ])
  if (found.length > 0) console.log(`${tableOf([['engine', 'found at'], ...found])}\n`)
  const skipped = skippedOf(ran)
  if (skipped.length > 0) {
    const reasons = skipped.map(({ title, reason }) => [title, reason])
    console.log(`${tableOf([['skipped', 'why'], ...reasons])}\n`)
  }
}

function enginesOf(ran: readonly Ran[]): Map<string, string | null> {
  const found = ran.flatMap(({ reports }) =>
    reports.flatMap((report) => Object.entries(report.engines)),
  )
  return new Map(found)
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      grep: { type: 'string', short: 'g' },
      lane: { type: 'string', multiple: true, default: [] },
      long: { type: 'boolean', default: false },
    },
  })
  const grep = values.grep === undefined ? [] : ['--grep', values.grep]
  const environment = values.long ? longEnvironment() : {}
  for (const [name, value] of Object.entries(environment)) console.log(`${name}=${value}`)
  const ran = await runAll(lanesOf(values.lane), grep, environment)
  const figures = sumOf(ran.map((one) => one.figures))
  const engines = enginesOf(ran)
  printFailures(ran)
  printTable(ran, engines)
  const complaints = complaintsOf(figures, engines, skippedOf(ran))
  for (const complaint of complaints) console.log(`not good: ${complaint}`)
  console.log(plainLine(figures))
  return complaints.length === 0 ? 0 : 1
}

process.exitCode = await main()
