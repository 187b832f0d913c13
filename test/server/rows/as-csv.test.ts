/** Defends that a workbook, handed out as CSV to be corrected, is read as the workbook itself is. */
import { expect } from 'chai'
import { csvOfWorkbook } from '../../../server/rows/as-csv.ts'
import { bytesSource } from '../../../server/rows/source.ts'
import { edited, readRows, refusalsOf, workbook } from './files.ts'
import type { Value } from './files.ts'

const SHEET = 'worksheets/sheet1.xml'

describe('a workbook as CSV', () => {
  const csvOf = async (book: Buffer): Promise<string> =>
    (await csvOfWorkbook(bytesSource(book))).join('')

  it('has the same cells and the same rows: blank ones, quotes, delimiters, numbers and dates', async () => {
    const rows: (readonly Value[])[] = [
      [null, null, null],
      ['nom', 'email', 'note'],
      ['Zoé; "L’Hôte", dite Z', 'z@x.example', 14.25],
      [null, null, null],
      [' Bo ', null, new Date(Date.UTC(2026, 0, 31))],
      ['\ufeffAna', 'a@x.example', true],
    ]
    const book = await workbook(rows)
    const own = await readRows(book)
    const again = await readRows(await csvOf(book))
    expect(own.rows.map(([row]) => row)).to.deep.equal([3, 5, 6])
    expect([again.rows, again.problems]).to.deep.equal([own.rows, own.problems])
    expect(again.table?.columns).to.deep.equal(['nom', 'email', 'note'])
  })

  it('has one record a row, also where a cell has several lines', async () => {
    const book = await workbook([
      ['nom', 'email'],
      ['Zoé\nL’Hôte', 'z@x.example'],
      ['Bo', 'b@x.example'],
    ])
    expect(await csvOf(book)).to.equal('nom,email\n"Zoé\nL’Hôte",z@x.example\nBo,b@x.example\n')
  })

  it('still refuses a cell that cannot be read', async () => {
    const book = await workbook([
      ['nom', 'email'],
      ['Zoé', 'b'],
    ])
    const error = edited(book, SHEET, (xml) =>
      xml.replace(/<c r="B2"[^]*?<\/c>/, '<c r="B2" t="e"><v>#N/A</v></c>'),
    )
    const own = await readRows(error)
    expect(own.problems).to.deep.equal(['bad-cell@2:email'])
    expect((await readRows(await csvOf(error))).problems).to.deep.equal(own.problems)
  })

  it('is refused as the workbook is', async () => {
    for (const bytes of [Buffer.from('nom,email'), await workbook([[null]])]) {
      const refused = await csvOfWorkbook(bytesSource(bytes)).then(
        () => [],
        (error: unknown) =>
          refusalsOf(() => {
            throw error
          }),
      )
      const own = await readRows(bytes, {}, { format: 'xlsx' })
      expect(refused).to.deep.equal(own.problems)
      expect(refused).to.have.length(1)
    }
  })
})
