/**
 * The one check: format, lint, types, generated files, architecture, coverage of the contract, then every test once.
 * Goes on after a failure, so that one run tells all; ends with the plain figures of the tests.
 */
import { existsSync } from 'node:fs'
import { runNode, seconds } from './child.ts'
import type { Ended } from './child.ts'
import { figuresIn, NOTHING, plainLine, tableOf } from './figures.ts'

interface Step {
  readonly name: string
  readonly args: readonly string[]
}

const PROJECTS = ['tsconfig.json', 'src/tsconfig.json', 'web/tsconfig.json']
const MOCHA = ['--disable-warning=ExperimentalWarning', 'node_modules/mocha/bin/mocha.js']
const TESTS = 'tests'

function steps(): Step[] {
  return [
    { name: 'format', args: ['scripts/format.ts'] },
    { name: 'lint', args: ['node_modules/eslint/bin/eslint.js', '--max-warnings=0', '.'] },
    {
      name: 'Solidity lint',
      args: [
        'node_modules/solhint/solhint.js',
        '--disc',
        '--noPoster',
        '--max-warnings=0',
        'contracts/**/*.sol',
        'test/solidity/**/*.sol',
      ],
    },
    ...PROJECTS.filter((project) => existsSync(project)).map((project) => {
      return {
        name: `types (${project})`,
        args: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project],
      }
    }),
    { name: 'generated files', args: ['scripts/generate.ts', '--check'] },
    {
      name: 'architecture',
      args: [...MOCHA, '--reporter', 'dot', 'test/architecture.test.ts'],
    },
    { name: 'coverage of the contract', args: ['scripts/coverage.ts'] },
    { name: TESTS, args: ['scripts/test.ts', ...process.argv.slice(2)] },
  ]
}

interface Outcome extends Ended {
  readonly name: string
  readonly took: string
}

async function outcomeOf({ name, args }: Step): Promise<Outcome> {
  console.log(`\n== ${name}`)
  const since = performance.now()
  const ended = await runNode(args)
  const took = seconds(since)
  console.log(`== ${name}: ${ended.code === 0 ? 'good' : 'NOT GOOD'} (${took})`)
  return { ...ended, name, took }
}

async function main(): Promise<number> {
  const outcomes: Outcome[] = []
  for (const step of steps()) outcomes.push(await outcomeOf(step))
  const rows = outcomes.map(({ name, code, took }) => [
    name,
    code === 0 ? 'good' : 'NOT GOOD',
    took,
  ])
  console.log(`\n${tableOf([['step', '', 'took'], ...rows])}\n`)
  const figures = figuresIn(outcomes.find(({ name }) => name === TESTS)?.output ?? '')
  console.log(plainLine(figures ?? { ...NOTHING, failed: 1 }))
  return figures !== undefined && outcomes.every(({ code }) => code === 0) ? 0 : 1
}

process.exitCode = await main()
