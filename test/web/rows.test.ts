/** Defends the rows that the console shows: numbered as the server numbers them, and corrected without a byte beside. */
import { expect } from 'chai'
import { readRows } from '../server/rows/files.ts'
import { openFile } from '../../web/console/batches/rows/csv-file.ts'
import type { CsvFile } from '../../web/console/batches/rows/csv-file.ts'
import {
  faultsOf,
  offsetsOf,
  placeAt,
  rowListOf,
} from '../../web/console/batches/issue/rows-view.ts'

async function opened(content: string | Uint8Array<ArrayBuffer>): Promise<CsvFile> {
  const found = await openFile(new Blob([content]))
  return 'opened' in found ? found : expect.fail(`no rows to show: ${found.kind}`)
}

const FILES: Readonly<Record<string, string>> = {
  'lines of cells': 'nom;email\nZoé;z@x.example\nBo;b@x.example\n',
  'a byte order mark, commas, and no end of the last line': '\ufeffnom,email\r\nZoé,z@x.example',
  'line breaks in cells': 'nom;email\r\n"Zoé\r\nL’Hôte";z@x.example\r\nBo;b@x.example\r\n',
  'blank lines and cleared rows': '\n;\nnom;email\n\nZoé;z@x.example\n;\n \nBo;b@x.example\n\n',
  'doubled quotation marks': 'nom;email\n"Zoé ""Z""";z@x.example\nBo;"b@x.example"\n',
}

describe('the rows of a file in the console', () => {
  for (const [what, content] of Object.entries(FILES)) {
    it(`have the numbers and cells that the server gives them: ${what}`, async () => {
      const file = await opened(content)
      const indexes = Array.from({ length: file.opened.count }, (_, index) => index)
      const shown = file.rows(indexes).map(({ number, cells }) => [number, ...cells])
      const { rows, problems } = await readRows(content)
      expect(problems).to.deep.equal([])
      expect(shown).to.deep.equal(rows)
      expect(file.opened.columns).to.deep.equal(['nom', 'email'])
    })
  }

  it('are corrected and left out where they stand, and every other byte stays', async () => {
    const file = await opened('nom;email\r\nZoé;z\r\n\r\nBo;b\r\nAna;a')
    const corrections = new Map([
      [0, ['Zoé; "L’Hôte"', 'z@x.example']],
      [1, null],
      [2, ['Ana', 'a@x.example']],
    ])
    expect(await file.corrected(corrections).text()).to.equal(
      'nom;email\r\n"Zoé; ""L’Hôte""";z@x.example\r\n\r\nAna;a@x.example',
    )
  })

  it('are read as Windows writes them where they are not UTF-8, and said to be', async () => {
    const file = await opened(Uint8Array.from(Buffer.from('nom;email\nZo\xe9;\x80\n', 'latin1')))
    expect(file.opened.wasConverted).to.equal(true)
    expect(file.rows([0])[0]?.cells).to.deep.equal(['Zoé', '€'])
    expect(await file.opened.file.text()).to.equal('nom;email\nZoé;€\n')
  })

  it('are a hundred thousand as well: each found by its line, each at its height', async () => {
    const count = 100_000
    const lines = Array.from({ length: count }, (_, i) => `Learner ${i};l${i}@x.example`)
    const file = await opened(`nom;email\n${lines.join('\n')}\n`)
    expect(file.opened.count).to.equal(count)
    expect(file.rows([77_777])[0]?.cells[0]).to.equal('Learner 77777')
    const problems = Array.from({ length: count / 10 }, (_, i) => ({
      code: 'bad-value',
      row: 2 + i * 10,
      column: 'email',
    }))
    const run = { problems: [...problems, { code: 'not-csv', row: count + 5 }] }
    const faults = await faultsOf(file.opened, run)
    expect([faults.byIndex.size, faults.columns, faults.ofFile.length]).to.deep.equal([
      count / 10,
      ['email'],
      1,
    ])
    const faulty = rowListOf(file.opened, faults, 'faulty')
    expect([faulty.count, faulty.indexAt(faulty.count - 1)]).to.deep.equal([count / 10, 99_990])
    const all = rowListOf(file.opened, faults, 'all')
    const offsets = offsetsOf(all, (index) => (faults.byIndex.has(index) ? 72 : 44))
    expect(offsets[count]).to.equal(count * 44 + (count / 10) * 28)
    for (const place of [0, 1, 50_000, count - 1]) {
      expect(placeAt(offsets, (offsets[place] ?? 0) + 1)).to.equal(place)
    }
    expect(rowListOf(file.opened, faults, [12, 3, 999_999]).count).to.equal(2)
  })
})
