/** Defends that a person at a terminal is asked before what cannot be undone, and a program is not. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { ROOT } from '../support/source.ts'
import { codeOf, inaltera } from './command.ts'

const ONE = ['--batch', 'none', '--index', '0']
const COMMANDS = [
  ['erase', ...ONE],
  ['revoke', ...ONE],
  ['revoke', '--batch', 'none', '--all'],
  ['suspend', ...ONE],
]

describe('what cannot be undone', function () {
  this.timeout(60_000)
  let cwd = ''
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'inaltera-confirm-'))
  })
  after(() => {
    rmSync(cwd, { recursive: true, force: true })
  })

  /** At a terminal of its own, made by script(1); there is no data folder, which whoever goes on is told (64). */
  async function atTerminal(args: readonly string[], typed: string) {
    const command = [process.execPath, join(ROOT, 'cli/main.ts'), ...args].join(' ')
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd,
      env: { ...process.env, INALTERA_PASSPHRASE: 'a passphrase', LC_ALL: 'C.UTF-8' },
    })
    let shown = ''
    const show = (chunk: Buffer): void => {
      const wasAsked = /\[.\/N\]/.test(shown)
      shown += chunk.toString('utf8')
      if (!wasAsked && /\[.\/N\]/.test(shown)) child.stdin.write(typed)
    }
    child.stdout.on('data', show)
    child.stderr.on('data', show)
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, shown }
  }

  for (const args of COMMANDS) {
    it(`is asked for at a terminal: ${args.join(' ')}`, async () => {
      const refused = await atTerminal(args, '\r')
      expect(refused.code, refused.shown).to.equal(1)
      expect(refused.shown).to.include('nothing was done')
      const cancelled = await atTerminal(args, '\u0003')
      expect(cancelled.code, cancelled.shown).to.equal(1)
      const done = await atTerminal([...args, '--lang', 'fr'], 'oui\r')
      expect(done.code, done.shown).to.equal(64)
      expect(done.shown).to.include('Continuer')
    })
  }

  it('is not asked for with --yes, with --json, or without a terminal', async () => {
    const args = ['erase', ...ONE]
    for (const more of ['--yes', '--json']) {
      const { code, shown } = await atTerminal([...args, more], '')
      expect(code, shown).to.equal(64)
      expect(shown).to.not.include('[y/N]')
    }
    const piped = await inaltera([...args, '--json'], { cwd })
    expect([piped.code, codeOf(piped)]).to.deep.equal([64, 'no-data-folder'])
    const plain = await inaltera(args, { cwd })
    expect([plain.code, plain.err.includes('[y/N]')]).to.deep.equal([64, false])
  })

  it('is not what reinstating is', async () => {
    const { code, shown } = await atTerminal(['reinstate', ...ONE], '')
    expect(code, shown).to.equal(64)
  })
})
