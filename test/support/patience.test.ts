/** Defends the patience of tests: a test and a hook may take so many times what they say, as Mocha itself reads it. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { ROOT } from './source.ts'

const SCRIPT = `
  await import(${JSON.stringify(join(ROOT, 'test/support/setup.ts'))})
  const { default: Mocha } = await import('mocha')
  const suite = Mocha.Suite.create(new Mocha().suite, 'a suite')
  suite.timeout(1000)
  suite.beforeAll(() => undefined)
  const test = new Mocha.Test('a test', () => undefined)
  suite.addTest(test)
  const before = test.timeout()
  test.timeout(0)
  console.log(JSON.stringify([before, suite._beforeAll[0].timeout(), test.timeout()]))
`

async function limitsWith(environment: Readonly<Record<string, string>>): Promise<unknown> {
  const args = ['--input-type=module', '-e', SCRIPT]
  const options = { cwd: ROOT, env: { ...process.env, ...environment } }
  const { stdout } = await promisify(execFile)(process.execPath, args, options)
  return JSON.parse(stdout)
}

describe('the patience of tests', () => {
  it('lengthens what a suite allows, and nothing that has no limit', async () => {
    expect(await limitsWith({ INALTERA_PATIENCE: '1' })).to.deep.equal([1000, 1000, 0])
    expect(await limitsWith({ INALTERA_PATIENCE: '4' })).to.deep.equal([4000, 4000, 0])
  })
})
