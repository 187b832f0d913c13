/**
 * F21 of `reference/security.md` 3.2 for what writes several files: wherever `rotateMaster` or `restore` is killed, the
 * folder is the one before or the one after, and doing it again ends well.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readConfig } from '../../../server/config.ts'
import { backUp, openContext, restore, rotateMaster } from '../../../server/context.ts'
import { filesOf } from '../../../server/files.ts'
import { readKey } from '../../../server/keys/keystore.ts'
import { thrown } from '../../support/errors.ts'
import { killedAt } from '../../support/killed-at.ts'
import type { Point } from '../../support/killed-at.ts'
import { newDataFolder, PASSPHRASE } from '../folder.ts'
import type { DataFolder } from '../folder.ts'

const SERVER = new URL('../../../server/', import.meta.url).href

describe('a process killed while it writes the files of a folder', function () {
  this.timeout(120_000)
  let data: DataFolder
  let elsewhere = ''
  before(async () => {
    data = await newDataFolder()
    elsewhere = await mkdtemp(join(tmpdir(), 'inaltera-files-'))
    await (await data.open()).close()
    await backUp(data.folder, join(elsewhere, 'copy'))
    await writeFile(join(elsewhere, 'journal'), '')
  })
  after(async () => {
    await data.remove()
    await rm(elsewhere, { recursive: true })
  })

  // Key, recovery file, configuration.
  for (const nth of [1, 2, 3]) {
    for (const when of ['before', 'after'] as const) {
      it(`has the master keys that it names, killed ${when} rename ${nth} of a rotation`, async () => {
        const { masters } = (await readConfig(data.folder)).issuers[0]
        const work = `const { rotateMaster } = await import('${SERVER}rotate.ts')
          await rotateMaster(${JSON.stringify(data.folder)},
            { passphrase: ${JSON.stringify(PASSPHRASE)}, scryptLogN: 10 })`
        expect(await killedAt({ call: 'rename', nth, when }, work)).to.equal('SIGKILL')
        const after = (await readConfig(data.folder)).issuers[0].masters
        const isNew = nth === 3 && when === 'after'
        expect(after).to.have.length(masters.length + (isNew ? 1 : 0))
        for (const [at, address] of after.entries()) {
          const path = filesOf(data.folder).key('master', at + 1)
          expect(await readKey(path, PASSPHRASE)).to.include({ address })
          expect(existsSync(filesOf(data.folder).recoveryOf(at + 1))).to.equal(true)
        }
        const again = await rotateMaster(data.folder, { passphrase: PASSPHRASE, scryptLogN: 10 })
        expect(again.version).to.equal(after.length + 1)
      })
    }
  }

  const points = [
    { call: 'copyFile', nth: 1, when: 'before', file: 'erasures.journal' },
    { call: 'copyFile', nth: 1, when: 'after', file: 'erasures.journal' },
    { call: 'cp', nth: 1, when: 'after' },
    { call: 'cp', nth: 4, when: 'before' },
    { call: 'writeFile', nth: 1, when: 'before' },
    { call: 'writeFile', nth: 1, when: 'after' },
    { call: 'copyFile', nth: 1, when: 'before', file: 'inaltera.json' },
    { call: 'copyFile', nth: 1, when: 'after', file: 'inaltera.json' },
  ] as const satisfies readonly Point[]
  for (const [at, point] of points.entries()) {
    const { call, nth, when } = point
    const file = 'file' in point ? point.file : ''
    it(`opens nothing that is half restored, killed ${when} ${call} ${nth} ${file}`, async () => {
      const [copy, journal] = [join(elsewhere, 'copy'), join(elsewhere, 'journal')]
      const folder = join(elsewhere, `new-${at}`)
      const work = `const { restore } = await import('${SERVER}backup.ts')
        await restore(...${JSON.stringify([copy, folder, { journal }])})`
      expect(await killedAt(point, work)).to.equal('SIGKILL')
      if (file === 'inaltera.json' && when === 'after') {
        expect(existsSync(filesOf(folder).restored)).to.equal(true)
        await readConfig(folder)
        return
      }
      expect(await thrown(openContext(folder, { passphrase: PASSPHRASE }))).to.include({
        code: 'missing',
      })
      await rm(folder, { recursive: true })
      expect(await restore(copy, folder, { journal })).to.deep.equal({ folder, erasures: 0 })
      expect(await readFile(join(folder, 'inaltera.json'), 'utf8')).to.equal(
        await readFile(join(copy, 'inaltera.json'), 'utf8'),
      )
    })
  }
})
