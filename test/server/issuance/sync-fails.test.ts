/** E24 of `reference/security.md` 3.3: the disk says that it could not write through; then nothing is acknowledged. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'chai'
import { engineFor } from '../../support/engines.ts'
import { EXAMPLE_ROWS, exampleTemplate, PASSPHRASE } from '../folder.ts'
import { issuing, LEASE_MS, openRange, recovered } from './killing.ts'
import type { Range } from './killing.ts'
import type { Orders } from './victim.ts'

const VICTIM = new URL('victim.ts', import.meta.url).href

describe('a disk that cannot write through', function () {
  this.timeout(180_000)
  let range: Range | undefined
  let strace = ''
  before(async function () {
    strace = engineFor(this, 'strace')
    range = await openRange(this, 'SQLite')
  })
  after(() => range?.close())

  /** Issues in a process each of whose threads fails from its n-th sync on; its exit code. */
  async function issueFailing(folder: string, nth: number, key: string): Promise<number | null> {
    const orders: Orders = {
      folder,
      passphrase: PASSPHRASE,
      leaseMs: LEASE_MS,
      work: [issuing(key)],
    }
    const script = `import { runVictim } from ${JSON.stringify(VICTIM)}
      await runVictim(${JSON.stringify(orders)})`
    const calls = 'fsync,fdatasync'
    const child = spawn(
      strace,
      [
        ...['-f', '-qq', '-o', '/dev/null', '-e', `trace=${calls}`],
        ...['-e', `inject=${calls}:error=EIO:when=${nth}+`],
        ...[process.execPath, '--input-type=module', '-e', script],
      ],
      { stdio: 'ignore' },
    )
    const [code] = (await once(child, 'exit')) as [number | null]
    return code
  }

  for (const nth of [1, 3, 6, 12]) {
    it(`from a thread’s sync number ${nth} on: refused, and issued once when it can again`, async () => {
      if (range === undefined) throw new Error('there is no data folder')
      const { context, data } = range
      const key = `sync ${nth}`
      const before = await range.rows(`SELECT id FROM batches WHERE state = 'anchored'`)
      expect(await issueFailing(data.folder, nth, key)).to.be.greaterThan(0)
      expect(await range.rows(`SELECT id FROM batches WHERE state = 'anchored'`)).to.have.length(
        before.length,
      )
      await recovered(context)
      const request = { rows: EXAMPLE_ROWS, template: await exampleTemplate(), idempotencyKey: key }
      expect((await context.issue(request)).links).to.have.length(32)
      expect((await context.fsck()).findings).to.deep.equal([])
    })
  }
})
