import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openJournal } from '../../../server/erasure/journal.ts'
import type { ErasureEntry, Journal } from '../../../server/erasure/journal.ts'
import { FormatError } from '../../../src/index.ts'
import { thrown } from '../../support/errors.ts'

const entry = (cid: string, kind: ErasureEntry['kind'] = 'erase'): ErasureEntry => {
  return { kind, cid, batchId: 'b', index: 3, reason: 6, at: 1_800_000_000_000 }
}

describe('the erasure journal', () => {
  let folder = ''
  let path = ''
  let journal: Journal
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-journal-'))
    path = join(folder, 'erasures.journal')
    journal = openJournal(path)
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  it('keeps what is appended, for its owner alone, in order, also by several at once', async () => {
    expect(await journal.read()).to.deep.equal([])
    const cids = Array.from({ length: 20 }, (_, i) => `c${i}`)
    await Promise.all(cids.map((cid) => openJournal(path).append(entry(cid))))
    const kept = await journal.read()
    expect(kept.map(({ cid }) => cid).sort()).to.deep.equal(cids.sort())
    expect(kept[0]).to.deep.equal(entry(kept[0]?.cid ?? ''))
    expect((await stat(path)).mode & 0o777).to.equal(0o600)
  })

  it('shows a line that was changed, taken out, put elsewhere or made by hand', async () => {
    for (const cid of ['c0', 'c1', 'c2']) await journal.append(entry(cid))
    const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1)
    const [a = '', b = '', c = ''] = lines
    const forged = [
      [a, b.replace('"index":3', '"index":4'), c],
      [a, c],
      [b, c],
      [b, a, c],
      [a, b, b, c],
      [a, 'nonsense', c],
      [a, b.replace('"kind":"erase"', '"kind":"other"'), c],
      [a, b.replace('}', ',"name":"x"}'), c],
      [a, '', b, c],
    ]
    for (const one of forged) {
      await writeFile(path, one.map((text) => `${text}\n`).join(''))
      expect(await thrown(journal.read()), one.join()).to.be.instanceOf(FormatError)
      expect(await thrown(journal.append(entry('c3'))), one.join()).to.be.instanceOf(FormatError)
    }
  })

  it('drops what a crash cut short, which nobody was told of', async () => {
    await journal.append(entry('c0'))
    await appendFile(path, '{"kind":"erase","cid":"c1","ba')
    expect(await journal.read()).to.have.length(1)
    await journal.append(entry('c2', 'done'))
    expect((await journal.read()).map(({ cid }) => cid)).to.deep.equal(['c0', 'c2'])
  })

  it('keeps which sealing a replaced link gave way to, and shows where that was changed', async () => {
    const replaced = { ...entry('c0'), kind: 'reseal', sealing: 2 } as const
    await journal.append(replaced)
    expect(await journal.read()).to.deep.equal([replaced])
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('"sealing":2', '"sealing":1'))
    expect(await thrown(journal.read())).to.be.instanceOf(FormatError)
  })
})
