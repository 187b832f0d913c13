/**
 * What the tests of the contract reach: every line, and every outcome of every condition. Fails below all of them. The
 * method, and why it is honest, is in docs/decisions/contract-branch-coverage.md.
 */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { seconds } from './child.ts'
import { conditionsOf, withOutcomesAsLines } from './contract-conditions.ts'
import type { Condition } from './contract-conditions.ts'
import { behaviourTests, contractFiles, Sandbox, solidityTests } from './contract-sandbox.ts'
import { tableOf } from './figures.ts'

interface Subject {
  readonly path: string
  readonly source: string
  readonly conditions: readonly Condition[]
}

interface Reached {
  readonly lines: number
  readonly outcomes: number
  /** What is not reached, in words. */
  readonly missed: readonly { readonly kind: 'line' | 'outcome'; readonly text: string }[]
}

function subjects(): Subject[] {
  return contractFiles().map((path) => {
    const source = readFileSync(path, 'utf8')
    return { path, source, conditions: conditionsOf(source) }
  })
}

/** The hits of each line that a report in the format of lcov gives for one file. */
function hitsIn(lcov: string, path: string): Map<number, number> {
  const record = lcov.split('end_of_record').find((text) => text.includes(`SF:${path}\n`))
  if (record === undefined) throw new Error(`the report says nothing of ${path}`)
  const lines = record.matchAll(/^DA:(\d+),(\d+)/gm)
  return new Map([...lines].map(([, line, hits]) => [Number(line), Number(hits)]))
}

function reachedOf({ path, source, conditions }: Subject, hits: Map<number, number>): Reached {
  const last = source.trimEnd().split('\n').length - 1
  const own = [...hits].filter(([line]) => line <= last)
  const lines = own
    .filter(([, count]) => count === 0)
    .map(([line]) => ({ kind: 'line' as const, text: `${path}:${line} is never reached` }))
  const outcomes = conditions.flatMap(({ line, text, lineOf }) =>
    (['true', 'false'] as const)
      .filter((outcome) => (hits.get(lineOf[outcome]) ?? 0) === 0)
      .map((outcome) => ({
        kind: 'outcome' as const,
        text: `${path}:${line} is never ${outcome}: ${text}`,
      })),
  )
  return { lines: own.length, outcomes: 2 * conditions.length, missed: [...lines, ...outcomes] }
}

function row(path: string, { lines, outcomes, missed }: Reached): string[] {
  const of = (kind: string, all: number): string =>
    `${all - missed.filter((one) => one.kind === kind).length} of ${all}`
  return [path, of('line', lines), of('outcome', outcomes)]
}

/** The report of lcov on the contract with its outcomes on lines of their own, or `undefined` where a test fails. */
async function reportOf(all: readonly Subject[]): Promise<string | undefined> {
  const sandbox = new Sandbox()
  try {
    for (const { path, source, conditions } of all) {
      const suffix = `of${basename(path, '.sol')}`
      sandbox.write(path, withOutcomesAsLines(source, conditions, suffix))
    }
    const tests = [...solidityTests(), ...behaviourTests()]
    const quick = { INALTERA_FUZZ_RUNS: '64' }
    const { code, output } = await sandbox.hardhat(['--coverage', 'test', ...tests], quick)
    if (code === 0) return readFileSync(join(sandbox.folder, 'coverage/lcov.info'), 'utf8')
    console.log(output)
    return undefined
  } finally {
    sandbox.remove()
  }
}

async function main(): Promise<number> {
  const since = performance.now()
  const all = subjects()
  const lcov = await reportOf(all)
  if (lcov === undefined) {
    console.log('the tests fail on the contract with its outcomes on lines of their own')
    return 1
  }
  const reached = all.map((subject) => ({
    path: subject.path,
    ...reachedOf(subject, hitsIn(lcov, subject.path)),
  }))
  const missed = reached.flatMap((one) => one.missed)
  for (const { text } of missed) console.log(text)
  console.log(
    tableOf([['', 'lines', 'outcomes of conditions'], ...reached.map((one) => row(one.path, one))]),
  )
  console.log(`took ${seconds(since)}`)
  const isEmpty = reached.some(({ lines, outcomes }) => lines === 0 || outcomes === 0)
  return missed.length === 0 && !isEmpty ? 0 : 1
}

process.exitCode = await main()
