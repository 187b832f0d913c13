/** Defends the runner of the tests itself: it cannot be good about nothing, nor about what is missing. */
import { execFile } from 'node:child_process'
import { expect } from 'chai'
import { patiently } from './support/patience.ts'
import { ROOT } from './support/source.ts'

interface Ended {
  readonly code: number
  readonly lastLine: string
  readonly output: string
}

async function runTests(
  grep: string,
  environment: Record<string, string>,
  lanes: readonly string[],
): Promise<Ended> {
  return await new Promise((resolve) => {
    const env = { ...process.env, INALTERA_REQUIRE: '', ...environment }
    const options = { cwd: ROOT, env, timeout: patiently(150_000), maxBuffer: 2 ** 26 }
    const named = lanes.flatMap((lane) => ['--lane', lane])
    const args = ['scripts/test.ts', '--grep', grep, ...named]
    execFile('node', args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({
        code,
        lastLine: stdout.trimEnd().split('\n').at(-1) ?? '',
        output: stdout + stderr,
      })
    })
  })
}

/** Where the tests below are; what it takes to load the others says nothing of them. */
const LANES = ['programs', 'computing']
/** A test of test/architecture.test.ts that is over at once. */
const ONE_TEST = 'catches what it is there to catch a cycle'

describe('the runner of the tests', function () {
  this.timeout(180_000)

  it('ends with the figures of what ran', async () => {
    const { code, lastLine, output } = await runTests(ONE_TEST, {}, [])
    expect(code, output).to.equal(0)
    expect(lastLine).to.equal('1 passed, 0 failed, 0 skipped')
  })

  it('knows the lane that is asked for, or says which there are', async () => {
    const { code, output } = await runTests(ONE_TEST, {}, ['page'])
    expect(code).to.equal(1)
    expect(output).to.include('there is no lane page; there are contract, computing,')
  })

  it('fails where no test ran', async () => {
    const { code, lastLine } = await runTests(
      'no test has a title like this one has'.repeat(2),
      {},
      LANES,
    )
    expect(code).to.equal(1)
    expect(lastLine).to.equal('0 passed, 0 failed, 0 skipped')
  })

  it('fails where something required is missing', async () => {
    const environment = { INALTERA_REQUIRE: 'chromium', CHROMIUM: '/nowhere/chromium' }
    const { code, output } = await runTests(ONE_TEST, environment, LANES)
    expect(code).to.equal(1)
    expect(output).to.include('chromium is required and was not found')
  })

  it('skips what needs an engine that is not there, and says so', async () => {
    const grep = 'the library in Chromium derives the same salts'
    const { code, lastLine, output } = await runTests(
      grep,
      { CHROMIUM: '/nowhere/chromium' },
      LANES,
    )
    expect(lastLine, output).to.equal('0 passed, 0 failed, 1 skipped')
    expect(output).to.match(/derives the same salts +chromium was not found/)
    expect(code, 'nothing ran').to.equal(1)
  })

  it('tells a failure again at its end, with its reason', async () => {
    const grep = 'the library in Chromium derives the same salts'
    const { code, lastLine, output } = await runTests(grep, { CHROMIUM: '/bin/false' }, LANES)
    expect([code, lastLine]).to.deep.equal([1, '0 passed, 1 failed, 0 skipped'])
    expect(output).to.match(/^== failed: the library in Chromium .*\n[^]*launching> \/bin\/false/m)
  })

  it('excuses what the system itself denies, and nothing else, where all is required', async () => {
    const grep = `(${ONE_TEST})|(the library in Chromium derives the same salts)`
    const denied = { INALTERA_REQUIRE: 'geth', INALTERA_DENIED: 'chromium' }
    const { code, lastLine, output } = await runTests(grep, denied, LANES)
    expect(output).to.match(/derives the same salts +chromium cannot be had on this system/)
    expect([code, lastLine]).to.deep.equal([0, '1 passed, 0 failed, 1 skipped'])
  })
})
