import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { takeLock, withLock } from '../../server/lock.ts'

const module = new URL('../../server/lock.ts', import.meta.url).href

describe('a lock between processes', function () {
  this.timeout(30_000)
  let folder = ''
  let path = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-lock-'))
    path = join(folder, 'lock')
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  /** Another process that runs `script`, in which `takeLock`, `withLock` and `path` mean this lock. */
  function other(script: string): ReturnType<typeof spawn> {
    const head = `import { takeLock, withLock } from ${JSON.stringify(module)}
      import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
      const path = ${JSON.stringify(path)}\n`
    return spawn(process.execPath, ['--input-type=module', '-e', head + script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  }

  it('has one holder, in this process too, and is free once let go', async () => {
    const release = takeLock(path)
    expect(takeLock(path)).to.equal(undefined)
    release?.()
    const again = takeLock(path)
    expect(again).not.to.equal(undefined)
    again?.()
    expect(await readdir(folder)).to.deep.equal(['lock'])
  })

  it('is free when its holder is killed', async () => {
    const child = other(
      `globalThis.kept = takeLock(path); console.log('held'); setInterval(() => {}, 1e6)`,
    )
    const { stdout } = child
    if (stdout !== null) await once(stdout, 'data')
    expect(takeLock(path)).to.equal(undefined)
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    // Several who come to it at once: one of them has it.
    const taken = [1, 2, 3].map(() => takeLock(path))
    expect(taken.filter((one) => one !== undefined)).to.have.length(1)
    for (const release of taken) release?.()
  })

  it('lets work be done by one at a time, in two processes', async () => {
    const counter = join(folder, 'counter')
    await writeFile(counter, '0')
    const child = other(`for (let i = 0; i < 20; i += 1) await withLock(path, async () => {
      const count = Number(readFileSync(path.replace(/lock$/, 'counter'), 'utf8'))
      await new Promise((resolve) => setTimeout(resolve, 2))
      writeFileSync(path.replace(/lock$/, 'counter'), String(count + 1))
    })`)
    const gone = once(child, 'exit')
    const ours = Array.from({ length: 20 }, () =>
      withLock(path, async () => {
        const count = Number(await readFile(counter, 'utf8'))
        await sleep(2)
        await writeFile(counter, String(count + 1))
      }),
    )
    await Promise.all([...ours, gone])
    expect(await readFile(counter, 'utf8')).to.equal('40')
  })

  it('is let go of where the work fails', async () => {
    const failed = withLock(path, () => Promise.reject(new Error('no')))
    expect(await failed.catch((error: unknown) => error)).to.be.instanceOf(Error)
    expect(await withLock(path, () => Promise.resolve('done'))).to.equal('done')
  })
})
