/** Defends the README: every block of shell commands in it runs, in a copy of the repository, and ends well. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { engineFor } from './support/engines.ts'
import { ROOT } from './support/source.ts'

/** This very test is part of these, so they are left to whoever runs it. */
const LEFT_OUT = /^npm (test|run check)\b/

interface Block {
  readonly line: number
  readonly commands: string
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => {
    const commands = (match[1] ?? '').split('\n').filter((line) => !LEFT_OUT.test(line))
    return {
      line: markdown.slice(0, match.index).split('\n').length,
      commands: commands.join('\n'),
    }
  })
}

/** The repository as it would be committed, with the packages that it has: linked, so that nothing is shared back. */
function copyOfRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'inaltera-readme-'))
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const files = execFileSync('git', listed, { cwd: ROOT, encoding: 'utf8' }).split('\0')
  for (const file of files.filter((name) => name !== '')) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(ROOT, file), join(copy, file), { preserveTimestamps: true })
  }
  // Where the machine's own Node.js is new enough there is none in tools/node.
  for (const folder of ['node_modules', 'tools/node/node_modules'].filter(isHere)) {
    linkTree(join(ROOT, folder), join(copy, folder))
  }
  return copy
}

function isHere(folder: string): boolean {
  return existsSync(join(ROOT, folder))
}

function linkTree(from: string, to: string): void {
  try {
    execFileSync('cp', ['-al', from, to], { stdio: 'ignore' })
  } catch {
    rmSync(to, { recursive: true, force: true })
    cpSync(from, to, { recursive: true, verbatimSymlinks: true })
  }
}

/** A block that waits for what never comes is ended, with all that it started. */
const BLOCK_MS = 240_000
/** How long what a block started may take to end once the block has ended. */
const LEFT_RUNNING_MS = 15_000

/**
 * Runs commands as a reader would, without a terminal; gives the exit code and what they printed. A block that leaves a
 * process behind is no block that ends well.
 */
async function run(
  commands: string,
  folder: string,
  patience = LEFT_RUNNING_MS,
): Promise<{ code: number; output: string }> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', commands], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const closed = once(child, 'close')
  const endAll = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined) process.kill(-child.pid, signal)
  }
  const tooLong = setTimeout(endAll, BLOCK_MS, 'SIGKILL')
  const [code] = (await once(child, 'exit')) as [number | null]
  clearTimeout(tooLong)
  const isLeft = await Promise.race([
    closed.then(() => false),
    sleep(patience, true, { ref: false }),
  ])
  if (isLeft) endAll('SIGTERM')
  const output = Buffer.concat(chunks).toString('utf8')
  return isLeft
    ? { code: 1, output: `${output}\nleft a process running` }
    : { code: code ?? 1, output }
}

describe('README.md', function () {
  this.timeout(600_000)
  const readme = (): string => readFileSync(join(ROOT, 'README.md'), 'utf8')
  const blocks = blocksOf(readme()).filter(({ commands }) => commands.trim() !== '')
  let folder = ''

  before(() => {
    folder = copyOfRepository()
  })

  after(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  it('shows the demo and the tests', () => {
    expect(readme()).to.match(/^npm run demo$/m)
    expect(readme()).to.match(/^npm test$/m)
    expect(blocks).to.have.length.greaterThan(2)
  })

  for (const { line, commands } of blocks) {
    it(`has a block of commands that runs as it stands: line ${line}`, async function () {
      if (/\bcurl\b/.test(commands)) engineFor(this, 'curl')
      const { code, output } = await run(commands, folder)
      expect(code, `${commands}\n${output.slice(-4000)}`).to.equal(0)
    })
  }

  it('is not content with a block that leaves a process running', async () => {
    const { code, output } = await run('sleep 60 & echo started', tmpdir(), 500)
    expect([code, output]).to.deep.equal([1, 'started\n\nleft a process running'])
  })

  it('is read as it is written: other blocks and npm test are left out', () => {
    const text = '# x\n```sh\nnpm test\nls\n```\n```ts\nx()\n```\n```sh\necho 1\n```\n'
    expect(blocksOf(text)).to.deep.equal([
      { line: 2, commands: 'ls\n' },
      { line: 9, commands: 'echo 1\n' },
    ])
  })
})
