/** Defends reading rows from CSV: every bad row is named at once, by row and column, and nothing is read wrongly. */
import { expect } from 'chai'
import { delimiterOf } from '../../../server/rows/csv.ts'
import { readRows } from './files.ts'

async function problemsOf(content: string | Uint8Array): Promise<readonly string[]> {
  return (await readRows(content)).problems
}

describe('reading rows from CSV', () => {
  it('reads commas and semicolons, with and without a byte order mark', async () => {
    for (const text of [
      'nom,email\nZoë,z@x\n',
      '\ufeffnom;email\r\nZoë;z@x',
      '"nom",email\nZoë,z@x',
      'nom,email\rZoë,z@x\r',
    ]) {
      expect((await readRows(text)).rows).to.deep.equal([[2, 'Zoë', 'z@x']])
    }
  })

  it('counts quoted line breaks and empty lines, so that a row is found in the file', async () => {
    for (const br of ['\n', '\r\n']) {
      const text = ['nom,email', '"a', 'b",1', '', 'c,2', '"d"', ''].join(br)
      const { rows, problems } = await readRows(text)
      expect(rows).to.deep.equal([
        [2, `a${br}b`, '1'],
        [5, 'c', '2'],
      ])
      expect(problems).to.deep.equal(['cell-count@6'])
    }
  })

  it('finds the delimiter outside quotes', () => {
    expect(delimiterOf('"a;b;c",d')).to.equal(',')
    expect(delimiterOf('a;"b,c,d,e";f')).to.equal(';')
    expect(delimiterOf('alone\na;b;c')).to.equal(',')
    expect(delimiterOf('\r\n \na;b\n,,,')).to.equal(';')
  })

  it('brings cells to NFC, trims them, and says so', async () => {
    const { table, rows } = await readRows('nom,email\nZoe\u0308,z\nAda,a\n Bo ,b\n')
    expect(rows.map(([, name]) => name)).to.deep.equal(['Zoë', 'Ada', 'Bo'])
    expect(table?.normalised).to.deep.equal([2, 4])
  })

  it('names at most 1,000 rows that it changed', async () => {
    const { table, rows } = await readRows(`nom,email\n${' a,b\n'.repeat(1001)}`)
    expect(rows).to.have.length(1001)
    expect(table?.normalised).to.have.length(1000)
  })

  it('names the rows, by column, whose cells hold characters that nobody sees', async () => {
    const { table, rows } = await readRows(
      'nom,email,salle\nA\u200bda,a,1\nBo,b\u200e,2\nmی\u200cخ,c,\u200b\n\u200fX,d,4\n',
    )
    expect(rows).to.have.length(4)
    expect(Object.fromEntries(table?.invisible ?? [])).to.deep.equal({ nom: [2, 5], email: [3] })
  })

  it('skips records of empty cells, as spreadsheets keep them of cleared rows', async () => {
    const { rows, problems } = await readRows(';\nnom;email\n;\na;b\n;;;\n   \n"";" "\nc;d\n;\n')
    expect(problems).to.deep.equal([])
    expect(rows.map(([row]) => row)).to.deep.equal([4, 8])
  })

  it('names columns missing, doubled, nameless and forbidden all at once', async () => {
    expect(await problemsOf('nom,nom,,__proto__,"a"b\na,b,c,d,e\n')).to.deep.equal([
      'duplicate-column@1:nom',
      'empty-column-name@1',
      'forbidden-column@1:__proto__',
      'bare-quote@1',
      'missing-column@1:email',
    ])
  })

  it('names columns that nobody asked for', async () => {
    expect((await readRows('nom,email,salle\na,b,c\n')).table?.ignored).to.deep.equal(['salle'])
  })

  it('names every bad row and goes on', async () => {
    const { rows, problems } = await readRows(
      `nom,email\na\nb,1\nc\u0007,2\n${'d'.repeat(10_001)},3\ne\u0000\nf,4\n`,
    )
    expect(rows.map(([row]) => row)).to.deep.equal([3, 7])
    expect(problems).to.deep.equal([
      'cell-count@2',
      'control-character@4:nom',
      'cell-too-long@5:nom',
      'control-character@6:nom',
      'cell-count@6',
    ])
  })

  it('names a bare quote by its column, and reads on', async () => {
    const text = 'nom,email\na\nb,1,2\nc "x" d,3\n"e"f,4\n5," g""\nh"\n"",i\n"j ""k""",l\n'
    const { rows, problems } = await readRows(text.replace('\nh"', '\n"h"'))
    expect(problems).to.deep.equal([
      'cell-count@2',
      'cell-count@3',
      'bare-quote@4:nom',
      'bare-quote@5:nom',
      'bare-quote@6:email',
    ])
    expect(rows.at(-1)).to.deep.equal([9, 'j "k"', 'l'])
  })

  it('names no number of cells where a bare quote parts them otherwise', async () => {
    const text = 'nom,email\na "b, c",1\nd "e,2,3\n"g, ""h"",3\n"i",4\n'
    expect((await readRows(text)).problems).to.deep.equal([
      'bare-quote@2:nom',
      'bare-quote@2:email',
      'bare-quote@3:nom',
      'bare-quote@4:nom',
    ])
  })

  it('names what ends the reading beside all that came before', async () => {
    const bad = 'nom,email\na\nb "x",1\n'
    const found = ['cell-count@2', 'bare-quote@3:nom']
    expect(await problemsOf(`${bad}c,1\n"d,2\ne,3\n`)).to.deep.equal([...found, 'not-csv@5'])
    const latin1 = Buffer.concat([Buffer.from(bad), Buffer.from('c,1\nZo\xeb,2\n"d,3', 'latin1')])
    const read = await readRows(latin1)
    expect(read.problems).to.deep.equal([...found, 'not-utf8@5'])
    expect(read.rows).to.deep.equal([[4, 'c', '1']])
    const long = `${bad}"x,${'y,\n'.repeat(40)}`
    expect((await readRows(long, { lineBytes: 50 })).problems).to.deep.equal([
      ...found,
      'line-too-long@4',
    ])
    const many = await readRows(`${bad}c,1\nd,2\n`, { csvRows: 3 })
    expect(many.problems).to.deep.equal([...found, 'too-many-rows@5'])
  })

  it('names 1,000 problems, says how many more there are, and still what ended the reading', async () => {
    const exact = await readRows(`nom,email\n${'a\n'.repeat(1000)}`)
    expect([exact.problems.length, exact.more]).to.deep.equal([1000, 0])
    const over = await readRows(`nom,email\n${'a\n'.repeat(1002)}"b`)
    expect([over.problems.length, over.more]).to.deep.equal([1001, 2])
    expect(over.problems.at(-1)).to.equal('not-csv@1004')
  })

  it('names the line that is not UTF-8, also in the last line', async () => {
    const latin1 = Buffer.from('nom,email\na,b\nZo\xeb,c', 'latin1')
    expect(await problemsOf(latin1)).to.deep.equal(['not-utf8@3'])
    expect(await problemsOf(Buffer.from('nom,e\xe9\n', 'latin1'))).to.deep.equal(['not-utf8@1'])
    const far = Buffer.concat([
      Buffer.from(`nom,email\n${'x,y\n'.repeat(50_000)}`),
      Buffer.of(0xff),
    ])
    const read = await readRows(far)
    expect([read.rows.length, read.problems]).to.deep.equal([50_000, ['not-utf8@50002']])
  })

  it('refuses quotes that do not close, and the empty file', async () => {
    expect(await problemsOf('nom,email\n"a,b\n')).to.deep.equal(['not-csv@2'])
    expect(await problemsOf('')).to.deep.equal(['no-header@0'])
    expect(await problemsOf('\ufeff\n\r\n\n')).to.deep.equal(['no-header@0'])
  })

  it('reads a file in many pieces, within caps of rows, columns, line and file', async () => {
    const many = `nom,email\n${'é,x\n'.repeat(100_000)}`
    expect((await readRows(many)).rows).to.have.length(100_000)
    const text = 'nom,email\na,b\nc,d\n'
    const limited = async (limits: Parameters<typeof readRows>[1]): Promise<readonly string[]> =>
      (await readRows(text, limits)).problems
    expect(await limited({ csvRows: 2, columns: 2, fileBytes: 18, lineBytes: 9 })).to.deep.equal([])
    expect(await limited({ csvRows: 1 })).to.deep.equal(['too-many-rows@3'])
    expect(await limited({ columns: 1 })).to.deep.equal(['too-many-columns@1'])
    expect(await limited({ fileBytes: 17 })).to.deep.equal(['file-too-large@0'])
    expect(await limited({ lineBytes: 4 })).to.deep.equal(['line-too-long@1'])
  })
})
