/** F21 of `reference/security.md` 3.2: a key file is the old or the new one, whole, whenever its writer is killed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { newKey, readKey, replaceKey } from '../../../server/keys/keystore.ts'

const KEYSTORE = new URL('../../../server/keys/keystore.ts', import.meta.url).href
const PASSPHRASE = 'a passphrase of tests'
const QUICK = 10

/** Every call of the file system that replacing a key makes; the process dies before or after the n-th. */
const CALLS = ['open', 'writeFile', 'sync', 'close', 'rename', 'rm'] as const

describe('a key file whose writer is killed', function () {
  this.timeout(60_000)
  let folder = ''
  let path = ''
  const old = newKey()
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-keys-'))
    path = join(folder, 'master.json')
    await replaceKey(path, old, PASSPHRASE, QUICK)
  })
  after(() => rm(folder, { recursive: true }))

  /** Writes a new key over the file, and dies around a call. */
  async function killedAt(call: string, when: 'before' | 'after'): Promise<void> {
    const script = `
      import fs from 'node:fs'
      import { syncBuiltinESMExports } from 'node:module'
      const die = () => process.kill(process.pid, 'SIGKILL')
      const around = (owner, name, real) => async (...args) => {
        if (name === ${JSON.stringify(call)} && ${JSON.stringify(when)} === 'before') die()
        const result = await real.apply(owner, args)
        if (name === ${JSON.stringify(call)}) die()
        return result
      }
      const { open } = fs.promises
      fs.promises.rename = around(fs.promises, 'rename', fs.promises.rename)
      fs.promises.rm = around(fs.promises, 'rm', fs.promises.rm)
      fs.promises.open = around(fs.promises, 'open', async (...args) => {
        const file = await open(...args)
        for (const name of ['writeFile', 'sync', 'close']) file[name] = around(file, name, file[name])
        return file
      })
      syncBuiltinESMExports()
      const { newKey, replaceKey } = await import(${JSON.stringify(KEYSTORE)})
      await replaceKey(${JSON.stringify(path)}, newKey(), ${JSON.stringify(PASSPHRASE)}, ${QUICK})`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
    expect(signal).to.equal('SIGKILL')
  }

  for (const call of CALLS) {
    for (const when of ['before', 'after'] as const) {
      it(`${when} ${call}: the file is whole`, async () => {
        const before = await readFile(path, 'utf8')
        await killedAt(call, when)
        const after = await readFile(path, 'utf8')
        const key = await readKey(path, PASSPHRASE)
        const isPlaced = (call === 'rename' && when === 'after') || call === 'rm'
        expect(key.address === old.address).to.equal(!isPlaced)
        expect(after === before).to.equal(!isPlaced)
        expect((await stat(path)).mode & 0o777).to.equal(0o600)
        // What was written beside is never taken for a key.
        for (const name of await readdir(folder)) {
          expect(name === 'master.json' || name.endsWith('.tmp'), name).to.equal(true)
        }
        await replaceKey(path, old, PASSPHRASE, QUICK)
      })
    }
  }
})
