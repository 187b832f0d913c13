import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { openSqliteStore } from '../../../server/storage/sqlite.ts'
import { EXAMPLE_ROWS, exampleTemplate, newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

const MAIN = join(import.meta.dirname, '..', '..', '..', 'cli', 'main.ts')

describe('issuing that is told to stop', function () {
  this.timeout(60_000)
  let data: DataFolder
  before(async () => {
    data = await newDataFolder()
    const context = await data.open()
    await context.deploy()
  })
  after(async () => {
    await data.remove()
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`gives its batch back at once and ends as the signal would have (${signal})`, async () => {
      const template = join(data.folder, 'template.json')
      await writeFile(template, await exampleTemplate())
      const args = ['issue', EXAMPLE_ROWS, '--template', template, '--data', data.folder, '--again']
      const links = join(data.folder, `${signal}.csv`)
      const child = spawn(process.execPath, [MAIN, ...args, '-o', links], {
        stdio: 'ignore',
        env: { ...process.env, INALTERA_PASSPHRASE: PASSPHRASE },
      })
      const ended = once(child, 'exit')
      const store = openSqliteStore(join(data.folder, 'store.sqlite'))
      // Far in the future every unfinished batch is listed, whoever holds it.
      const open = async (at: number): Promise<string[]> =>
        (await store.listUnfinished(at)).map(({ id }) => id)
      const later = Date.now() + 3_600_000
      for (let i = 0; i < 800 && (await open(later)).length === 0; i += 1) await sleep(25)
      expect(await open(later), 'work has begun').to.have.length(1)
      child.kill(signal)
      expect((await ended)[1]).to.equal(signal)
      // Nobody holds it now: what is left is free, or, half read, is gone.
      expect(await open(Date.now())).to.deep.equal(await open(later))
      await store.close()
      const [context] = [await data.open()]
      await context.resume()
    })
  }
})
