/** Defends the demo: without a terminal it does the whole job, ends by itself with 0, and leaves nothing behind. */
import { execFileSync, spawn } from 'node:child_process'
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

describe('npm run demo', function () {
  this.timeout(180_000)
  let temporary = ''
  let output = ''
  let code: number | null = null

  before(async () => {
    temporary = mkdtempSync(join(tmpdir(), 'inaltera-e2e-'))
    const child = spawn('bash', ['scripts/run.sh', 'demo'], {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    code = await new Promise((resolve) => child.on('close', resolve))
    output = stripVTControlCharacters(Buffer.concat(chunks).toString('utf8'))
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

  it('leaves no process and no folder behind', () => {
    expect(existsSync(temporary)).to.equal(true)
    expect(readdirSync(temporary).filter((name) => name.startsWith('inaltera'))).to.deep.equal([])
    expect(processes()).not.to.include(temporary)
  })
})
