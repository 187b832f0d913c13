/** Reading what a process has locked must not let go of the lock, as a plain `readFile` does. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { takeLock } from '../../server/lock.ts'
import { openSqliteStore } from '../../server/storage/sqlite.ts'
import { copiedFiles, copiedStore } from './copied.ts'

const LOCK = new URL('../../server/lock.ts', import.meta.url).href

describe('files that are read where SQLite has some open', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-open-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('stay locked', async () => {
    const path = join(folder, 'lock')
    const release = takeLock(path)
    expect(await copiedFiles(folder)).to.have.length(1)
    const script = `import { takeLock } from ${JSON.stringify(LOCK)}
      process.stdout.write(takeLock(${JSON.stringify(path)}) === undefined ? 'held' : 'free')`
    const argv = ['--input-type=module', '-e', script]
    const { stdout } = await promisify(execFile)(process.execPath, argv)
    release?.()
    expect(stdout).to.equal('held')
  })

  it('are all there, a store’s log among them', async () => {
    const store = openSqliteStore(join(folder, 'store.sqlite'))
    const [file, log] = await copiedStore(folder)
    await store.close()
    expect(file.toString('latin1', 0, 15)).to.equal('SQLite format 3')
    expect(log.length).to.be.greaterThan(0)
  })
})
