/**
 * Mocha's own report for the reader, and beside it, where `INALTERA_TEST_REPORT` names a folder, one JSON file with
 * the figures and every skipped test with its reason, from which `scripts/test.ts` makes the closing table.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mocha from 'mocha'
import type { MochaOptions, Runner, Test } from 'mocha'
import { ENGINES, findEngine, skipReasons } from './engines.ts'

/** How long after the last test its process may take to end by itself. */
const LEAVE_MS = 20_000

export interface Report {
  passed: number
  failed: number
  skipped: { title: string; reason: string }[]
  /** Titles and the beginnings of what was thrown. */
  failures: { title: string; reason: string }[]
  /** Where each engine was found; `null` where it was not. */
  engines: Record<string, string | null>
}

/** The reason of the test itself, or of the nearest suite around it that was skipped whole. */
function reasonOf(test: Test): string {
  const titles = test.titlePath().map((_, depth, path) => path.slice(0, path.length - depth))
  const known = titles.map((path) => skipReasons.get(path.join(' ')))
  return known.find((reason) => reason !== undefined) ?? 'marked as skipped'
}

/** How much of one failure is told again at the end of a run. */
const TOLD_CHARACTERS = 2000

/** What was thrown, with where; its end matters as much as its beginning, which may be a program's whole output. */
function toldOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  if (text.length <= 2 * TOLD_CHARACTERS) return text
  return `${text.slice(0, TOLD_CHARACTERS)}\n[…]\n${text.slice(-TOLD_CHARACTERS)}`
}

class FiguresReporter extends mocha.reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options)
    const report: Report = { passed: 0, failed: 0, skipped: [], failures: [], engines: {} }
    for (const engine of ENGINES) report.engines[engine] = findEngine(engine) ?? null
    runner.on('pass', () => {
      report.passed += 1
    })
    runner.on('fail', (test, error) => {
      report.failed += 1
      report.failures.push({ title: test.fullTitle(), reason: toldOf(error) })
    })
    runner.on('pending', (test) => {
      report.skipped.push({ title: test.fullTitle(), reason: reasonOf(test) })
    })
    const folder = process.env['INALTERA_TEST_REPORT']
    if (folder === undefined) return
    tellUnderWay(runner, folder)
    runner.on('end', () => {
      writeFileSync(join(folder, `${String(process.pid)}.json`), JSON.stringify(report))
      endSoon()
    })
  }
}

/** Which test or hook is under way stands in a file, for whoever has to kill a run that does not end. */
function tellUnderWay(runner: Runner, folder: string): void {
  const path = join(folder, `${String(process.pid)}.now`)
  const tell = ({ titlePath }: { titlePath: () => string[] }): void => {
    writeFileSync(path, titlePath().join(' › '))
  }
  runner.on('test', (test) => {
    tell({ titlePath: () => test.titlePath() })
  })
  runner.on('hook', (hook) => {
    tell({ titlePath: () => hook.titlePath() })
  })
}

/** A test that leaves a timer, a socket or a child behind keeps the process: its result stands, and it is told. */
function endSoon(): void {
  const timer = setTimeout(() => {
    const held = process.getActiveResourcesInfo().filter((name) => name !== 'Timeout')
    process.stderr.write(`\nthe tests are over, and this holds their process: ${held.join(', ')}\n`)
    process.exit()
  }, LEAVE_MS)
  timer.unref()
}

// Mocha loads a reporter with `require`, to which Node gives the export of this name as the module itself.
export { FiguresReporter as 'module.exports' }
