/** Defends that API keys are made, listed and revoked at a terminal, and count on the server at once. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openContext } from '../../server/context.ts'
import { codeOf, inaltera } from './command.ts'
import type { Ended } from './command.ts'

describe('API keys at a terminal', function () {
  this.timeout(120_000)
  let cwd = ''
  const call = (...args: string[]): Promise<Ended> => inaltera([...args, '--json'], { cwd })
  before(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'inaltera-keys-'))
    expect((await call('init', '--name', 'École A')).code).to.equal(0)
  })
  after(() => {
    rmSync(cwd, { recursive: true, force: true })
  })

  it('are shown once, open the API of a server that runs, and are shut out at once', async () => {
    const context = await openContext(join(cwd, 'inaltera-data'))
    try {
      const { url } = await context.serve({ port: 0 })
      const made = await call('key', 'create', '--label', 'LMS', '--scopes', 'keys, audit:read')
      expect(made.code, made.err).to.equal(0)
      const { id, text } = made.json as { id: string; text: string }
      const ask = (): Promise<Response> =>
        fetch(`${url}/api/v1/keys`, { headers: { authorization: `Bearer ${text}` } })
      expect((await ask()).status).to.equal(200)
      const list = await call('key', 'list')
      expect(JSON.stringify(list.json)).to.include(id).and.not.include(text.slice(26))
      expect((await call('key', 'revoke', id)).json).to.deep.equal({ id, revoked: true })
      expect((await ask()).status).to.equal(401)
      expect(codeOf(await call('key', 'revoke', '0123456789abcdef'))).to.equal('no-such-key')
      expect((await fetch(`${url}/ready`)).status).to.equal(200)
    } finally {
      await context.close()
    }
  })

  it('are refused without a label, with scopes that there are not, or for longer than two years', async () => {
    const create = ['key', 'create', '--label', 'x', '--scopes']
    expect(codeOf(await call('key', 'create', '--scopes', 'keys'))).to.equal('no-label')
    expect(codeOf(await call(...create, 'root'))).to.equal('bad-scope')
    expect(codeOf(await call(...create, 'keys', '--expires', '731'))).to.equal('bad-days')
    const stranger = `0x${'1'.repeat(40)}`
    expect(codeOf(await call(...create, 'all', '--issuer', stranger))).to.equal('no-such-issuer')
  })
})
