/** Defends the demo: without a terminal it does the whole job, ends by itself with 0, and leaves nothing behind. */
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { expect } from 'chai'
import { ROOT } from '../support/source.ts'

const LEARNERS =
  readFileSync(join(ROOT, 'examples/apprenants.csv'), 'utf8').trim().split('\n').length - 1

/** Command lines of all processes, where the system shows them. */
function processes(): string {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
}

/** The demo as `npm run demo` starts it, without a terminal, with a folder for temporary files that is its own. */
function start(temporary: string): { child: ChildProcess; output: () => string } {
  const child = spawn('bash', ['scripts/run.sh', 'demo'], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const output = (): string => stripVTControlCharacters(Buffer.concat(chunks).toString('utf8'))
  return { child, output }
}

function expectNothingLeft(temporary: string): void {
  expect(existsSync(temporary)).to.equal(true)
  expect(readdirSync(temporary).filter((name) => name.startsWith('inaltera'))).to.deep.equal([])
  expect(processes()).not.to.include(temporary)
}

describe('npm run demo', function () {
  this.timeout(240_000)
  let temporary = ''
  let output = ''
  let code: number | null = null

  before(async () => {
    temporary = mkdtempSync(join(tmpdir(), 'inaltera-e2e-'))
    const demo = start(temporary)
    ;[code] = (await once(demo.child, 'close')) as [number | null]
    output = demo.output()
  })

  after(() => {
    rmSync(temporary, { recursive: true, force: true })
  })

  it('ends by itself, with 0', () => {
    expect(code, output).to.equal(0)
  })

  it('prints a holder link for every learner', () => {
    expect(LEARNERS).to.be.at.least(25)
    const links = [...output.matchAll(/^ +(http:\/\/127\.0\.0\.1:\d+\/c\/b[a-z2-7]+#[\w-]{43})$/gm)]
    expect(new Set(links.map(([, link]) => link)).size).to.equal(LEARNERS)
  })

  it('shows that command line and server call each of them valid', () => {
    const valid = [...output.matchAll(/^ {2}valid +valid +as it should be +\S/gm)]
    expect(valid).to.have.length(LEARNERS)
  })

  it('shows a tampered, a revoked and two foreign certificates refused, with the reason', () => {
    const refused = [...output.matchAll(/^ {2}(\w+, \w+: [\w-]+) +\1 +as it should be +\S/gm)]
    expect(refused.map(([, verdict]) => verdict)).to.deep.equal([
      'invalid, inclusion: root-differs',
      'invalid, status: revoked',
      'undetermined, issuer: issuer-unvouched',
      'invalid, issuer: issuer-mismatch',
    ])
    expect(output).to.match(/The content was changed after it was issued/)
    expect(output).not.to.match(/WRONG/)
  })

  it('issues through the API of the service, and follows the batch to its end', () => {
    const [, calls = ''] = /API key\n([\s\S]*?)certificates sealed/.exec(output) ?? []
    expect(calls).to.match(
      /POST \/api\/v1\/templates [\s\S]*dry-runs [\s\S]*POST \/api\/v1\/batches /,
    )
    expect(calls).to.match(/GET +\/api\/v1\/batches\/[\w-]{22}\/events[\s\S]* anchored\n/)
  })

  it('finds everything sound at the end', () => {
    expect(output).to.match(new RegExp(`sound: ${LEARNERS} certificates`))
  })

  it('tries each address and each command that it prints, once', () => {
    const server = /the server listens at (http:\/\/[\d.:]+)/.exec(output)?.[1] ?? 'none'
    const tour = output.slice(output.indexOf("The issuer's API key"))
    const printed = [...tour.matchAll(/^ {2,4}(http:\S+)/gm)].map(([, url = '']) => url)
    const commands = [...tour.matchAll(/^ {2}npm run inaltera -- (\w+)/gm)].map(([, name]) => name)
    const tried = [...tour.matchAll(/^ {2}as it should be +(200|0) +(\S+) ?(\w*)/gm)]
    expect(printed.length).to.be.at.least(9)
    expect(printed.slice(-3).map((url) => /\/(console|c|verify)\b/.exec(url)?.[1])).to.deep.equal([
      'console',
      'c',
      'verify',
    ])
    expect(tried.filter(([, answer]) => answer === '200').map(([, , path]) => path)).to.deep.equal(
      printed.map((url) => url.slice(server.length).replace(/#.*/, '')),
    )
    expect(commands).to.deep.equal(['verify', 'status', 'fsck'])
    expect(tried.filter(([, answer]) => answer === '0').map(([, , , name]) => name)).to.deep.equal(
      commands,
    )
  })

  it('leaves no process and no folder behind', () => {
    expectNothingLeft(temporary)
  })

  it('leaves nothing behind either where it is told to stop in the middle', async () => {
    const { child, output: printed } = start(temporary)
    const closed = once(child, 'close')
    while (!printed().includes('verifying all') && child.exitCode === null) {
      await once(child.stdout ?? child, 'data')
    }
    child.kill('SIGTERM')
    const [ended] = (await closed) as [number | null]
    expect(ended, printed()).to.equal(130)
    expectNothingLeft(temporary)
  })

  it('leaves nothing behind where nobody reads on, as in `npm run demo | head`', async () => {
    const { child } = start(temporary)
    const closed = once(child, 'close')
    await once(child.stdout ?? child, 'data')
    child.stdout?.destroy()
    await closed
    expectNothingLeft(temporary)
  })
})
