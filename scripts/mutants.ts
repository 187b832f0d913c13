/**
 * Breaks the contract in known ways, one at a time, in copies of it, and runs its tests until the first that notices.
 * Fails where a mutant lives, or where a search of the list does not match exactly once.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { seconds } from './child.ts'
import type { Ended } from './child.ts'
import { behaviourTests, Sandbox, solidityTests } from './contract-sandbox.ts'
import { tableOf } from './figures.ts'
import { mutationOf } from './mutant.ts'
import type { Mutant } from './mutant.ts'
import { RECORD_MUTANTS } from './mutants-of-records.ts'
import { STATUS_MUTANTS } from './mutants-of-status.ts'

/** A few runs of each fuzz test: what only ten thousand notice is not noticed well. */
const QUICK = { INALTERA_FUZZ_RUNS: '64' }

interface Fate {
  readonly mutant: Mutant
  /** What noticed it, or `undefined` where it lives. */
  readonly killer: string | undefined
  readonly took: string
}

/** The name of the first test that failed. */
function failedTest(output: string): string {
  return /^ +1\) (.+)$/m.exec(output)?.[1]?.trim() ?? 'a test'
}

/** The TypeScript tests first, for they stop at the first that fails; then those in Solidity. */
async function killerOf(sandbox: Sandbox): Promise<string | undefined> {
  const built = await sandbox.hardhat(['build'], QUICK)
  if (built.code !== 0) throw new Error(`a mutant must compile:\n${built.output}`)
  const runs: (() => Promise<Ended>)[] = [
    async () =>
      await sandbox.hardhat(
        ['test', 'mocha', '--no-compile', '--bail', ...behaviourTests()],
        QUICK,
      ),
    async () =>
      await sandbox.hardhat(['test', 'solidity', '--no-compile', ...solidityTests()], QUICK),
  ]
  for (const run of runs) {
    const { code, output } = await run()
    if (code !== 0) return failedTest(output)
  }
  return undefined
}

async function fateOf(sandbox: Sandbox, mutant: Mutant): Promise<Fate> {
  const since = performance.now()
  const { path, original, text } = mutationOf(mutant)
  sandbox.write(path, text)
  try {
    return { mutant, killer: await killerOf(sandbox), took: seconds(since) }
  } finally {
    sandbox.write(path, original)
  }
}

/** One worker for each core, each with its own copy of the project, so that none sees another's mutant. */
async function fatesOf(mutants: readonly Mutant[], model: Sandbox): Promise<Fate[]> {
  const fates: Fate[] = []
  const queue = [...mutants]
  const work = async (): Promise<void> => {
    const sandbox = new Sandbox(model)
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const fate = await fateOf(sandbox, next)
        fates.push(fate)
        console.log(
          `${fate.killer === undefined ? 'LIVES ' : 'killed'}  ${next.name} (${fate.took})`,
        )
      }
    } finally {
      sandbox.remove()
    }
  }
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work))
  return fates
}

function report(fates: readonly Fate[]): number {
  const rows = fates.map(({ mutant, killer, took }) => {
    return [mutant.name, killer === undefined ? 'LIVES' : `killed by ${killer}`, took]
  })
  const alive = fates.filter(({ killer }) => killer === undefined)
  console.log(`\n${tableOf([['mutant', '', 'took'], ...rows])}\n`)
  console.log(`${fates.length - alive.length} of ${fates.length} mutants killed`)
  return alive.length === 0 ? 0 : 1
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { grep: { type: 'string', short: 'g', default: '' } } })
  const since = performance.now()
  const mutants = [...RECORD_MUTANTS, ...STATUS_MUTANTS].filter(({ name }) =>
    name.includes(values.grep),
  )
  for (const mutant of mutants) mutationOf(mutant)
  const original = new Sandbox()
  try {
    const control = await killerOf(original)
    if (control !== undefined) throw new Error(`the contract itself fails: ${control}`)
    console.log(`the contract itself passes (${seconds(since)}); now ${mutants.length} mutants`)
    const fates = await fatesOf(mutants, original)
    const code = report(fates)
    console.log(`took ${seconds(since)}`)
    return mutants.length === 0 ? 1 : code
  } finally {
    original.remove()
  }
}

process.exitCode = await main()
