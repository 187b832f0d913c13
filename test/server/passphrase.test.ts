/**
 * Defends the change of passphrase: all keys of all issuers or none, wherever the process is killed (F21 of
 * `reference/security.md` 3.2).
 */
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { keyFilesIn } from '../../server/changing.ts'
import { readConfig } from '../../server/config.ts'
import {
  addIssuer,
  backUp,
  changePassphrase,
  openContext,
  recoverMasterKey,
  rotateMaster,
} from '../../server/context.ts'
import { readKey } from '../../server/keys/keystore.ts'
import { thrown } from '../support/errors.ts'
import { killedAt } from '../support/killed-at.ts'
import { newDataFolder, PASSPHRASE } from './folder.ts'
import type { DataFolder } from './folder.ts'

const OTHER = 'another passphrase of tests'
const SERVER = new URL('../../server/', import.meta.url).href

describe('the passphrase of a folder', function () {
  this.timeout(120_000)
  let data: DataFolder
  let passphrase = PASSPHRASE
  before(async () => {
    data = await newDataFolder()
    await addIssuer(data.folder, { name: 'Second', passphrase, scryptLogN: 10 })
    await rotateMaster(data.folder, { passphrase, scryptLogN: 10 })
  })
  after(() => data.remove())

  const unchosen = (): string => (passphrase === PASSPHRASE ? OTHER : PASSPHRASE)
  const files = async () => keyFilesIn(data.folder, await readConfig(data.folder))

  /** The one passphrase that opens every key file; undefined where they differ. */
  async function opening(): Promise<string | undefined> {
    const found = new Set<string>()
    for (const { path } of await files()) {
      const isOurs = await readKey(path, PASSPHRASE).then(
        () => true,
        () => false,
      )
      if (!isOurs) await readKey(path, OTHER)
      found.add(isOurs ? PASSPHRASE : OTHER)
    }
    const [one, ...more] = found
    return more.length === 0 ? one : undefined
  }

  async function leftovers(): Promise<string[]> {
    const names = await readdir(data.folder, { recursive: true })
    return names.filter((name) => /\.next$|passphrase-change$/.test(name))
  }

  it('opens every key of every issuer and version once it is changed, and the recovery files stay', async () => {
    const recovery = await readFile(data.init.recoveryFile)
    const wanted = { passphrase, newPassphrase: unchosen(), scryptLogN: 10 }
    expect(await changePassphrase(data.folder, wanted)).to.deep.equal({
      folder: data.folder,
      files: 9,
    })
    passphrase = unchosen()
    expect(await opening()).to.equal(passphrase)
    expect(await leftovers()).to.deep.equal([])
    expect(await readFile(data.init.recoveryFile)).to.deep.equal(recovery)
    expect(await thrown(openContext(data.folder, { passphrase: unchosen() }))).to.include({
      code: 'wrong-passphrase',
    })
    const context = await openContext(data.folder, { passphrase })
    const noted = (await context.auditLog({ limit: 9 })).map(({ action, subject }) => [
      action,
      subject,
    ])
    await context.close()
    const [, second] = (await readConfig(data.folder)).issuers
    expect(noted).to.deep.equal([
      ['change-passphrase', 'keys'],
      ['rotate-master', 'master/2'],
      ['add-issuer', second?.issuer],
    ])
    const { recoveryFile, recoveryCode } = data.init
    await recoverMasterKey(data.folder, { recoveryFile, recoveryCode, passphrase, scryptLogN: 10 })
    expect(await opening()).to.equal(passphrase)
  })

  it('stays where the old one is wrong, the new one weak, or a key is damaged or another', async () => {
    const refused = async (old: string, newPassphrase: string): Promise<unknown> =>
      thrown(changePassphrase(data.folder, { passphrase: old, newPassphrase, scryptLogN: 10 }))
    expect(await refused('a wrong passphrase', unchosen())).to.include({ code: 'wrong-passphrase' })
    expect(await refused(passphrase, 'short')).to.include({ code: 'weak-passphrase' })
    const paths = (await files()).map(({ path }) => path)
    const [first = '', last = ''] = [paths[0], paths.at(-1)]
    const kept = await readFile(last)
    await writeFile(last, '{}')
    expect(await refused(passphrase, unchosen())).to.include({ code: 'not-a-keystore' })
    await writeFile(last, await readFile(first))
    expect(await refused(passphrase, unchosen())).to.include({ code: 'another-key' })
    await writeFile(last, kept)
    expect(await opening()).to.equal(passphrase)
  })

  // Nine files beside, the mark, nine in place.
  const isLong = process.env['INALTERA_LONG'] === '1'
  const renames = isLong ? Array.from({ length: 19 }, (_, at) => at + 1) : [1, 9, 10, 11, 19]
  for (const nth of renames) {
    for (const when of ['before', 'after'] as const) {
      it(`is the old or the new one for the whole folder, killed ${when} rename ${nth}`, async () => {
        const wanted = { passphrase, newPassphrase: unchosen(), scryptLogN: 10 }
        const work = `const { changePassphrase } = await import('${SERVER}change-passphrase.ts')
          await changePassphrase(${JSON.stringify(data.folder)}, ${JSON.stringify(wanted)})`
        expect(await killedAt({ call: 'rename', nth, when }, work)).to.equal('SIGKILL')
        const isDecided = nth > 10 || (nth === 10 && when === 'after')
        const copy = await mkdtemp(join(tmpdir(), 'inaltera-passphrase-'))
        try {
          await backUp(data.folder, join(copy, 'copy'))
          expect((await readdir(join(copy, 'copy/keys'))).join()).to.not.include('.next')
        } finally {
          await rm(copy, { recursive: true })
        }
        if (isDecided) passphrase = unchosen()
        expect(await opening()).to.equal(passphrase)
      })
    }
  }

  it('is completed by the next start of any process, also one without a passphrase', async () => {
    const wanted = { passphrase, newPassphrase: unchosen(), scryptLogN: 10 }
    const work = `const { changePassphrase } = await import('${SERVER}change-passphrase.ts')
      await changePassphrase(${JSON.stringify(data.folder)}, ${JSON.stringify(wanted)})`
    await killedAt({ call: 'rename', nth: 14, when: 'before' }, work)
    expect(await opening()).to.equal(undefined)
    await (await openContext(data.folder)).close()
    passphrase = unchosen()
    expect(await opening()).to.equal(passphrase)
    expect(await leftovers()).to.deep.equal([])
  })

  it('needs a data folder, and makes nothing where there is none', async () => {
    const nowhere = join(data.folder, 'nowhere')
    const wanted = { passphrase, newPassphrase: unchosen() }
    expect(await thrown(changePassphrase(nowhere, wanted))).to.include({ code: 'missing' })
    expect(existsSync(nowhere)).to.equal(false)
  })
})
