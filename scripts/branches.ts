/**
 * Decides each condition of the contract beforehand, to true and then to false, and runs the tests until one notices: so
 * every outcome of every branch is not only reached but observed (docs/decisions/contract-branch-coverage.md). Takes some
 * minutes; `--grep TEXT` tries only conditions that contain it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { seconds } from './child.ts'
import { conditionsOf } from './contract-conditions.ts'
import type { Condition } from './contract-conditions.ts'
import { behaviourTests, Sandbox } from './contract-sandbox.ts'
import { tableOf } from './figures.ts'

const CONTRACTS = 'contracts'

interface Choice {
  readonly file: string
  readonly condition: Condition
  readonly outcome: boolean
}

/** Outcomes that nobody can observe, each with the reason; one that a test does notice is stale, and fails the run. */
const UNOBSERVABLE: readonly { text: string; outcome: boolean; why: string }[] = [
  {
    text: 'record.anchoredAt == 0',
    outcome: false,
    why: 'without a record the size is 0, and `index >= record.size` answers the same',
  },
]

function isUnobservable({ condition, outcome }: Choice): boolean {
  return UNOBSERVABLE.some((one) => one.text === condition.text && one.outcome === outcome)
}

function choicesIn(file: string): Choice[] {
  const conditions = conditionsOf(readFileSync(file, 'utf8'))
  return conditions.flatMap((condition) =>
    [true, false].map((outcome) => ({ file, condition, outcome })),
  )
}

/** The source with the condition decided. */
function decided({ file, condition, outcome }: Choice): string {
  const source = readFileSync(file)
  const { start, end } = condition
  const made = Buffer.from(`(${outcome})`)
  return Buffer.concat([source.subarray(0, start), made, source.subarray(end)]).toString('utf8')
}

type Fate = { readonly good: boolean; readonly words: string }

/** The first test that fails on the changed contract; `undefined` where all pass. */
async function killerIn(sandbox: Sandbox): Promise<string | undefined> {
  const built = await sandbox.hardhat(['build'], {})
  if (built.code !== 0) throw new Error(`a decided condition must compile:\n${built.output}`)
  const args = ['test', 'mocha', '--no-compile', '--bail', ...behaviourTests()]
  const { code, output } = await sandbox.hardhat(args, {})
  if (code === 0 && /^\s*[1-9]\d* passing/m.test(output)) return undefined
  const report = output.split(/^\s*\d+ failing$/m)[1] ?? ''
  const killer = /^\s*1\) ([\s\S]+?):\n/m.exec(report)?.[1]
  if (killer === undefined) throw new Error(`no test ran to its end:\n${output}`)
  return killer.replaceAll(/\s+/g, ' ')
}

async function fateOf(choice: Choice, sandbox: Sandbox): Promise<Fate> {
  sandbox.write(choice.file, decided(choice))
  try {
    const killer = await killerIn(sandbox)
    if (!isUnobservable(choice)) return { good: killer !== undefined, words: killer ?? 'NOBODY' }
    const stale = killer !== undefined
    return { good: !stale, words: stale ? `STALE: ${killer}` : 'cannot be observed (listed)' }
  } finally {
    sandbox.write(choice.file, readFileSync(choice.file, 'utf8'))
  }
}

/** One worker for each core, each with its own copy of the project. */
async function fatesOf(choices: readonly Choice[], model: Sandbox): Promise<Map<Choice, Fate>> {
  const fates = new Map<Choice, Fate>()
  const queue = [...choices]
  const work = async (): Promise<void> => {
    const sandbox = new Sandbox(model)
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const fate = await fateOf(next, sandbox)
        fates.set(next, fate)
        const { file, condition, outcome } = next
        const place = `${file}:${condition.line} ${condition.text} = ${outcome}`
        console.log(`${fate.good ? 'good' : 'BAD '}  ${place}: ${fate.words}`)
      }
    } finally {
      sandbox.remove()
    }
  }
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work))
  return fates
}

function report(choices: readonly Choice[], fates: ReadonlyMap<Choice, Fate>): number {
  const rows = choices.map((choice) => {
    const { file, condition, outcome } = choice
    const place = `${file.replace(`${CONTRACTS}/`, '')}:${condition.line}`
    return [place, condition.text, String(outcome), fates.get(choice)?.words ?? 'not tried']
  })
  console.log(`\n${tableOf([['place', 'condition', 'decided', 'noticed by'], ...rows])}\n`)
  const good = choices.filter((choice) => fates.get(choice)?.good === true).length
  console.log(`${good} of ${choices.length} outcomes are accounted for`)
  return choices.length > 0 && good === choices.length ? 0 : 1
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { grep: { type: 'string', short: 'g', default: '' } } })
  const since = performance.now()
  const choices = readdirSync(CONTRACTS)
    .flatMap((name) => choicesIn(`${CONTRACTS}/${name}`))
    .filter(({ condition }) => condition.text.includes(values.grep))
  const model = new Sandbox()
  try {
    const control = await killerIn(model)
    if (control !== undefined) throw new Error(`the contract itself fails: ${control}`)
    console.log(`the contract itself passes; now ${choices.length} outcomes`)
    const code = report(choices, await fatesOf(choices, model))
    console.log(`took ${seconds(since)}`)
    return code
  } finally {
    model.remove()
  }
}

process.exitCode = await main()
