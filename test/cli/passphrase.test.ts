/** Defends that the passphrase of a folder is changed at a terminal, and in whose language. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { codeOf, inaltera } from './command.ts'
import type { Ended } from './command.ts'

describe('inaltera passphrase', function () {
  this.timeout(120_000)
  let cwd = ''
  const call = (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
    inaltera(args, { cwd, env })
  before(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'inaltera-passphrase-'))
    expect((await call(['init', '--name', 'École A'])).code).to.equal(0)
  })
  after(() => {
    rmSync(cwd, { recursive: true, force: true })
  })

  it('takes the new one from a file or the environment, and says what to do next', async () => {
    const none = await call(['passphrase', '--json'])
    expect([none.code, codeOf(none)]).to.deep.equal([64, 'no-passphrase'])
    writeFileSync(join(cwd, 'new'), 'the new passphrase\n')
    const done = await call(['passphrase', '--new-passphrase-file', 'new', '--lang', 'fr'])
    expect(done.code, done.err).to.equal(0)
    expect(done.out).to.include('ouvre les 4 fichiers')
    const old = await call(['passphrase', '--json'], { INALTERA_NEW_PASSPHRASE: 'and once more' })
    expect([old.code, codeOf(old)]).to.deep.equal([1, 'wrong-passphrase'])
    const again = await call(['passphrase', '--json'], {
      INALTERA_PASSPHRASE: 'the new passphrase',
      INALTERA_NEW_PASSPHRASE: 'and once more',
    })
    expect([again.code, again.json?.['files']]).to.deep.equal([0, 4])
  })
})
