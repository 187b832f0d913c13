/** Defends reading rows from XLSX: what a sheet shows is what is read, and no sheet costs more memory than its limits. */
import { expect } from 'chai'
import { ROW_LIMITS } from '../../../server/rows/limits.ts'
import { unzip, zipStored } from '../../../server/rows/unzip.ts'
import { edited, readRows, workbook } from './files.ts'
import type { Read, Value } from './files.ts'

const SHEET = 'worksheets/sheet1.xml'
const HEADER = ['nom', 'email'] as const

describe('reading rows from XLSX', () => {
  const reading = async (...rows: readonly (readonly Value[])[]): Promise<Read> =>
    readRows(await workbook([HEADER, ...rows]))

  /** Reads a sheet of one row, `a` and `b`, whose cell B2 is written so. */
  async function cellAs(xml: string): Promise<Read> {
    const book = await workbook([HEADER, ['a', 'b']])
    return readRows(edited(book, SHEET, (sheet) => sheet.replace(/<c r="B2"[^]*?<\/c>/, xml)))
  }

  /** Reads a sheet whose XML is changed after it was written. */
  async function readEdited(change: (xml: string) => string, limits = {}): Promise<Read> {
    const book = await workbook([HEADER, ['a', 'b'], ['c', 'd']])
    return readRows(edited(book, SHEET, change), limits)
  }

  it('reads text, numbers, booleans and dates as text, gaps as empty cells', async () => {
    const day = new Date(Date.UTC(2026, 0, 31))
    const { rows, table } = await readRows(
      await workbook([
        [...HEADER, 'n', 'jour'],
        ['学位 Zoë', 'z@x', 12345678901234, day],
        ['Ada', 'a@x', true, null],
      ]),
    )
    expect(table?.ignored).to.deep.equal(['n', 'jour'])
    expect(rows).to.deep.equal([
      [2, '学位 Zoë', 'z@x', '12345678901234', '2026-01-31'],
      [3, 'Ada', 'a@x', 'true', ''],
    ])
  })

  it('reads the time of a date that has one, to the second', async () => {
    for (const minute of [0, 1, 20, 30, 59]) {
      const { rows } = await reading(['a', new Date(Date.UTC(2026, 5, 12, 14, minute, 7))])
      const two = String(minute).padStart(2, '0')
      expect(rows).to.deep.equal([[2, 'a', `2026-06-12T14:${two}:07Z`]])
    }
  })

  it('reads the dates of a workbook that counts from 1904, however it says so', async () => {
    const day = new Date(Date.UTC(2026, 0, 31))
    const book = await workbook([HEADER, ['a', day]])
    for (const said of ['"1"', '"true"', "'true'"]) {
      const other = edited(book, 'xl/workbook.xml', (xml) =>
        xml
          .replace(/<workbookPr[^<>]*>/, '')
          .replace('<sheets', `<workbookPr date1904=${said}/><sheets`),
      )
      // The same number of days, counted from four years and a day later.
      expect((await readRows(other)).rows, said).to.deep.equal([[2, 'a', '2030-02-01']])
    }
  })

  it('reads numbers as they are shown, and refuses those that were not kept exactly', async () => {
    for (const [written, read] of [
      ['15.100000000000001', '15.1'],
      ['0.30000000000000004', '0.3'],
      ['1.5E1', '15'],
      ['-0', '0'],
      ['9007199254740991', '9007199254740991'],
    ] as const) {
      expect((await cellAs(`<c r="B2"><v>${written}</v></c>`)).rows).to.deep.equal([[2, 'a', read]])
    }
    for (const written of ['9007199254740993', '12345678901234567890', '1e21', '1e999', 'x', '0x1'])
      expect((await cellAs(`<c r="B2"><v>${written}</v></c>`)).problems, written).to.deep.equal([
        'bad-cell@2:email',
      ])
  })

  it('names every cell that holds an error, by row and column, with all other problems', async () => {
    const error = (at: string): string => `<c r="${at}" t="e" s="0"><f>1/0</f><v>#DIV/0!</v></c>`
    const book = await workbook([
      HEADER,
      ['a', 'b'],
      ['c'.repeat(10_001), 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ])
    const { problems, rows } = await readRows(
      edited(book, SHEET, (xml) =>
        xml
          .replace(/<c r="B2"[^]*?<\/c>/, '<c r="B2" t="e"><v>#N/A</v></c>')
          .replace(/<c r="A4"[^]*?<\/c>/, '<c t="e" r="A4"/>')
          .replace(/<c r="B4"[^]*?<\/c>/, error('B4')),
      ),
    )
    expect(problems).to.deep.equal([
      'bad-cell@2:email',
      'cell-too-long@3:nom',
      'bad-cell@4:nom',
      'bad-cell@4:email',
    ])
    expect(rows).to.deep.equal([[5, 'g', 'h']])
    const header = await readRows(
      edited(book, SHEET, (xml) => xml.replace(/<c r="B1"[^]*?<\/c>/, error('B1'))),
    )
    expect(header.problems).to.deep.equal(['bad-cell@1', 'missing-column@1:email'])
  })

  it('skips blank rows and keeps the numbers of the others', async () => {
    const blank = [null, null]
    const { rows, problems } = await reading(['a', 'b'], blank, ['', '  '], ['c', null], blank)
    expect(problems).to.deep.equal([])
    expect(rows).to.deep.equal([
      [2, 'a', 'b'],
      [5, 'c', ''],
    ])
  })

  it('reads rows and cells without addresses, which follow each other', async () => {
    const none = await readEdited((xml) => xml.replaceAll(/ r="[A-Z]*\d+"/g, ''))
    expect(none.rows).to.deep.equal([
      [2, 'a', 'b'],
      [3, 'c', 'd'],
    ])
    const some = await readEdited((xml) =>
      xml
        .replace(/<c r="A2"[^]*?<\/c>/, '<c/>')
        .replace(' r="B2"', '')
        .replace(/<row r="3"/, '<row'),
    )
    expect(some.rows).to.deep.equal([
      [2, '', 'b'],
      [3, 'c', 'd'],
    ])
  })

  it('takes no text for an address, and reads text in its several spellings', async () => {
    for (const [xml, text] of [
      [
        '<c r="B2" t="inlineStr"><is><t>say r="x" &lt;c r="ZZ9"&gt;</t></is></c>',
        'say r="x" <c r="ZZ9">',
      ],
      ['<!-- <c r="ZZZ9"> --><c r="B2" t="inlineStr"><is><t>x</t></is></c>', 'x'],
      ['<c r="B2" t="inlineStr"><is><r><t>Ab</t></r><r><t>cd</t></r></is></c>', 'Abcd'],
      ['<c r="B2" t="str"><f>A1</f><v>res</v></c>', 'res'],
      ["<c t='str' r='B2'><v>one</v></c>", 'one'],
    ] as const) {
      expect((await cellAs(xml)).rows, xml).to.deep.equal([[2, 'a', text]])
    }
  })

  it('names cells of half a character or of a control character, which only a sheet can hold', async () => {
    for (const escaped of ['_xD800_', '_xDC00_', '_x0007_', '_xFFFF_']) {
      const { problems } = await cellAs(`<c r="B2" t="str"><v>a${escaped}</v></c>`)
      expect(problems, escaped).to.deep.equal(['control-character@2:email'])
    }
    const whole = await cellAs('<c r="B2" t="str"><v>_xD83D__xDE00_</v></c>')
    expect(whole.rows).to.deep.equal([[2, 'a', '\u{1f600}']])
  })

  it('reads a workbook that gives every element a prefix', async () => {
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
    const prefixed = (xml: string): string =>
      xml.includes(`xmlns="${main}"`)
        ? xml.replace(`xmlns="${main}"`, `xmlns:x="${main}"`).replaceAll(/<(\/?)(?=\w)/g, '<$1x:')
        : xml
    const book = edited(await workbook([HEADER, ['a', 'b']]), '.xml', prefixed)
    expect((await readRows(book)).rows).to.deep.equal([[2, 'a', 'b']])
  })

  it('refuses addresses that are none, and cells in the place of others', async () => {
    for (const address of ['1e9', 'b1', '&#66;1', 'B0', 'ABCD1', 'B', '1', 'A1', 'B2', 'B01x'])
      expect(
        (await readEdited((xml) => xml.replace('r="B1"', `r="${address}"`))).problems,
        address,
      ).to.deep.equal(['not-xlsx@0'])
    for (const row of ['0', '-1', '1.5', '99999999', '1048577', 'x'])
      expect(
        (await readEdited((xml) => xml.replace('<row r="2"', `<row r="${row}"`))).problems,
        row,
      ).to.deep.equal(['not-xlsx@0'])
  })

  it('refuses a row beyond the last that any sheet has, and cells that stand in another row', async () => {
    for (const change of [
      (xml: string) => xml.replace('</sheetData>', '<row r="1048577"></row></sheetData>'),
      (xml: string) => xml.replace('r="A3"', 'r="A9"').replace('r="B3"', 'r="B9"'),
      (xml: string) => xml.replace('<row r="3"', '<row').replaceAll(/r="([AB])3"/g, 'r="$12"'),
    ]) {
      expect((await readEdited(change)).problems).to.deep.equal(['not-xlsx@0'])
    }
  })

  it('refuses a cell far away, which a reader would fill with a gap', async () => {
    for (const [address, problem] of [
      ['XFD1', 'too-many-columns@1'],
      ['B1048576', 'too-many-rows@1048576'],
    ] as const) {
      const { problems } = await readEdited((xml) => xml.replace('r="B1"', `r="${address}"`))
      expect(problems).to.deep.equal([problem])
      const error = await readEdited((xml) =>
        xml.replace(/<c r="B1"[^]*?<\/c>/, `<c r="${address}" t="e"/>`),
      )
      expect(error.problems).to.deep.equal([problem])
    }
  })

  it('refuses it wherever in the archive its sheet lies', async () => {
    const book = edited(await workbook([HEADER, ['a', 'b']]), '.rels', (xml) =>
      xml.replace('worksheets/sheet1.xml', 'elsewhere.xml'),
    )
    const moved = (change: (xml: string) => string): Buffer =>
      zipStored(
        unzip(edited(book, SHEET, change), 1e8, () => true).map(({ name, bytes }) => ({
          name: name.endsWith(SHEET) ? 'xl/elsewhere.xml' : name,
          bytes,
        })),
      )
    expect((await readRows(moved((xml) => xml))).rows).to.deep.equal([[2, 'a', 'b']])
    const far = await readRows(moved((xml) => xml.replace('r="B2"', 'r="XFD2"')))
    expect(far.problems).to.deep.equal(['too-many-columns@2'])
  })

  it('lets a style reach as far as it likes where no value stands', async () => {
    const far = '<row r="1048576"><c r="XFD1048576" s="0"/></row><row r="1048576"/></sheetData>'
    const { rows, problems } = await readEdited((xml) => xml.replace('</sheetData>', far))
    expect(problems).to.deep.equal([])
    expect(rows).to.have.length(2)
  })

  it('has its limits at their edges', async () => {
    expect([ROW_LIMITS.xlsxRows, ROW_LIMITS.unpackedBytes]).to.deep.equal([100_000, 268_435_456])
    const book = await workbook([HEADER, ['a', 'b'], ['c', 'd']])
    const limited = async (limits: Parameters<typeof readRows>[1]): Promise<readonly string[]> =>
      (await readRows(book, limits)).problems
    expect(await limited({ xlsxRows: 2, columns: 2, fileBytes: book.length })).to.deep.equal([])
    expect(await limited({ xlsxRows: 1 })).to.deep.equal(['too-many-rows@3'])
    const gap = await workbook([HEADER, ['a', 'b'], [null, null], ['c', 'd']])
    expect((await readRows(gap, { xlsxRows: 3 })).problems).to.deep.equal([])
    expect((await readRows(gap, { xlsxRows: 2 })).problems).to.deep.equal(['too-many-rows@4'])
    expect(await limited({ columns: 1 })).to.deep.equal(['too-many-columns@1'])
    expect(await limited({ fileBytes: book.length - 1 })).to.deep.equal(['file-too-large@0'])
  })
})
