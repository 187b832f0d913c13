/** Defends that a folder's owner can make, name and use several issuers at a terminal. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { ROOT } from '../support/source.ts'
import { codeOf, inaltera } from './command.ts'
import type { Ended } from './command.ts'

describe('several issuers at a terminal', function () {
  this.timeout(120_000)
  let cwd = ''
  const call = (...args: string[]): Promise<Ended> => inaltera([...args, '--json'], { cwd })
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'inaltera-issuers-'))
  })
  after(() => {
    rmSync(cwd, { recursive: true, force: true })
  })

  it('adds one, lists both, gives both their roles, and issues as the one that is named', async () => {
    const { json: made } = await call('init', '--name', 'École A')
    const { code, json: added } = await call('issuer', 'add', '--name', 'École B')
    expect(code).to.equal(0)
    expect(added?.['recoveryCode']).to.match(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/)
    const accounts = [made?.['account'], added?.['account']]
    expect((await call('issuer', 'list')).json).to.deep.equal({ issuers: accounts })
    expect((await call('deploy')).code).to.equal(0)
    const rows = join(ROOT, 'examples/apprenants.csv')
    const issue = ['issue', rows, '--template', join(ROOT, 'examples/template.json')]
    const stranger = await call(...issue, '--issuer', `0x${'1'.repeat(40)}`)
    expect([stranger.code, codeOf(stranger)]).to.deep.equal([1, 'no-such-issuer'])
    const issued = await call(...issue, '--issuer', String(added?.['account']))
    expect([issued.code, issued.json?.['issuer']]).to.deep.equal([0, added?.['issuer']])
  })

  it('asks for a name, and says what is wrong where there is no folder', async () => {
    expect(codeOf(await call('issuer', 'add'))).to.equal('no-name')
    const none = await call('issuer', 'list', '--data', join(cwd, 'none'))
    expect([none.code, codeOf(none)]).to.deep.equal([64, 'no-data-folder'])
  })
})
