/** Defends the files that a person names: private ones are new, and none is there half. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { writeBytes } from '../../cli/files.ts'
import { en as words } from '../../cli/texts/en.ts'

/** Ends as a store does that goes away in the middle. */
async function* torn(): AsyncGenerator<string> {
  yield await Promise.resolve('the first page\n')
  throw new Error('the store is away')
}

async function* whole(): AsyncGenerator<string> {
  yield await Promise.resolve('one\n')
  yield 'two\n'
}

describe('a file that is written', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'inaltera-files-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  for (const isPrivate of [true, false]) {
    const kind = isPrivate ? 'new' : 'in the place of another'
    it(`is there as a whole, for its owner alone (${kind})`, async () => {
      const path = join(folder, 'links.csv')
      await writeBytes(path, whole(), words, isPrivate)
      expect(readFileSync(path, 'utf8')).to.equal('one\ntwo\n')
      expect(statSync(path).mode & 0o777).to.equal(0o600)
    })

    it(`is not there where what is written ends before its end (${kind})`, async () => {
      const path = join(folder, 'links.csv')
      if (!isPrivate) writeFileSync(path, 'what was there')
      const error: unknown = await writeBytes(path, torn(), words, isPrivate).catch(
        (e: unknown) => e,
      )
      expect(error).to.be.instanceOf(Error).and.to.include({ message: 'the store is away' })
      expect(readdirSync(folder)).to.deep.equal(isPrivate ? [] : ['links.csv'])
      if (!isPrivate) expect(readFileSync(path, 'utf8')).to.equal('what was there')
    })
  }

  it('takes the place of nothing where it is to be new', async () => {
    const path = join(folder, 'links.csv')
    writeFileSync(path, 'what was there')
    const error: unknown = await writeBytes(path, whole(), words, true).catch((e: unknown) => e)
    expect(error).to.include({ code: 'cannot-write' })
    expect(readFileSync(path, 'utf8')).to.equal('what was there')
  })
})
