import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { expect } from 'chai'
import writeExcel from 'write-excel-file/node'
import type { SheetData } from 'write-excel-file/node'
import { delimiterOf } from '../../../server/rows/csv.ts'
import { ROW_LIMITS } from '../../../server/rows/limits.ts'
import { RowsError } from '../../../server/rows/problems.ts'
import { openTable } from '../../../server/rows/read.ts'
import type { NamedRow, Table } from '../../../server/rows/read.ts'
import { unzip, zipStored } from '../../../server/rows/unzip.ts'

const wanted = { required: new Set(['nom', 'email']), optional: new Set<string>() }

describe('reading rows', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inaltera-rows-'))
  })
  after(async () => {
    await rm(folder, { recursive: true })
  })

  async function fileOf(content: string | Uint8Array): Promise<string> {
    const path = join(folder, 'rows')
    await writeFile(path, content)
    return path
  }

  async function rowsOf(content: string | Uint8Array): Promise<{ table: Table; rows: NamedRow[] }> {
    const table = await openTable(await fileOf(content), wanted)
    return { table, rows: await collect(table.rows) }
  }

  async function codesOf(work: () => Promise<unknown>): Promise<string[]> {
    try {
      await work()
    } catch (error) {
      if (error instanceof RowsError) {
        return error.problems.map((p) => `${p.code}@${p.row}${p.column ? `:${p.column}` : ''}`)
      }
      throw error
    }
    return []
  }

  describe('CSV', () => {
    it('reads commas and semicolons, with and without a byte order mark', async () => {
      for (const text of [
        'nom,email\nZoë,z@x\n',
        '\ufeffnom;email\r\nZoë;z@x',
        '"nom",email\nZoë,z@x',
      ]) {
        const { rows } = await rowsOf(text)
        expect(rows.map((r) => [r.row, ...r.cells.values()])).to.deep.equal([[2, 'Zoë', 'z@x']])
      }
    })

    it('counts quoted line breaks and empty lines, so that a row is found in the file', async () => {
      const { rows } = await rowsOf('nom,email\n"a\nb",1\n\nc,2\n')
      expect(rows.map((r) => r.row)).to.deep.equal([2, 5])
      expect(rows[0]?.cells.get('nom')).to.equal('a\nb')
    })

    it('finds the delimiter outside quotes', () => {
      expect(delimiterOf('"a;b;c",d')).to.equal(',')
      expect(delimiterOf('a;"b,c,d,e";f')).to.equal(';')
      expect(delimiterOf('alone\na;b;c')).to.equal(',')
    })

    it('brings cells to NFC, trims them, and says so', async () => {
      const { table, rows } = await rowsOf('nom,email\nZoe\u0308,z\nAda,a\n Bo ,b\n')
      expect(rows.map((r) => r.cells.get('nom'))).to.deep.equal(['Zoë', 'Ada', 'Bo'])
      expect(table.normalised).to.deep.equal([2, 4])
    })

    it('names columns missing, doubled, nameless and forbidden all at once', async () => {
      const path = await fileOf('nom,nom,,__proto__\na,b,c,d\n')
      expect(await codesOf(() => openTable(path, wanted))).to.deep.equal([
        'duplicate-column@1:nom',
        'empty-column-name@1',
        'forbidden-column@1:__proto__',
        'missing-column@1:email',
      ])
    })

    it('names columns that nobody asked for', async () => {
      const { table } = await rowsOf('nom,email,salle\na,b,c\n')
      expect(table.ignored).to.deep.equal(['salle'])
    })

    it('names every bad row and goes on', async () => {
      const { table, rows } = await rowsOf(
        `nom,email\na\nb,1\nc\u0007,2\n${'d'.repeat(10_001)},3\n`,
      )
      expect(rows.map((r) => r.row)).to.deep.equal([3])
      expect(
        await codesOf(async () => {
          table.problems.throwIfAny()
          return Promise.resolve()
        }),
      ).to.deep.equal(['cell-count@2', 'control-character@4:nom', 'cell-too-long@5:nom'])
    })

    it('names the line that is not UTF-8, also in the last line', async () => {
      const latin1 = Buffer.from('nom,email\na,b\nZo\xeb,c', 'latin1')
      expect(await codesOf(() => rowsOf(latin1))).to.deep.equal(['not-utf8@3'])
      expect(await codesOf(() => rowsOf(Buffer.from('nom,e\xe9\n', 'latin1')))).to.deep.equal([
        'not-utf8@1',
      ])
    })

    it('refuses quotes that do not close, and the empty file', async () => {
      expect(await codesOf(() => rowsOf('nom,email\n"a,b\n'))).to.deep.equal(['not-csv@2'])
      expect(await codesOf(() => rowsOf(''))).to.deep.equal(['no-header@0'])
    })

    it('reads a file in many pieces, within caps of rows, columns, line and file', async () => {
      const many = `nom,email\n${'é,x\n'.repeat(100_000)}`
      expect((await rowsOf(many)).rows).to.have.length(100_000)
      const path = await fileOf('nom,email\na,b\nc,d\n')
      const limited = async (limits: Partial<typeof ROW_LIMITS>): Promise<unknown> =>
        collect((await openTable(path, wanted, { ...ROW_LIMITS, ...limits })).rows)
      expect(await codesOf(() => limited({ csvRows: 1 }))).to.deep.equal(['too-many-rows@3'])
      expect(await codesOf(() => limited({ columns: 1 }))).to.deep.equal(['too-many-columns@1'])
      expect(await codesOf(() => limited({ fileBytes: 5 }))).to.deep.equal(['file-too-large@0'])
      expect(await codesOf(() => limited({ lineBytes: 4 }))).to.deep.equal(['line-too-long@1'])
    })
  })

  describe('XLSX', () => {
    async function workbook(rows: (string | number | boolean | Date | null)[][]): Promise<Buffer> {
      const cells = rows.map((row) =>
        row.map((value) =>
          value instanceof Date ? { value, format: 'yyyy-mm-dd', type: Date } : { value },
        ),
      )
      return writeExcel(cells as SheetData).toBuffer()
    }

    it('reads text, numbers, booleans and dates as text, gaps as empty cells', async () => {
      const day = new Date(Date.UTC(2026, 0, 31))
      const { rows, table } = await rowsOf(
        await workbook([
          ['nom', 'email', 'n', 'jour'],
          ['学位 Zoë', 'z@x', 12345678901234, day],
          ['Ada', 'a@x', true, null],
        ]),
      )
      expect(table.ignored).to.deep.equal(['n', 'jour'])
      expect(rows.map((r) => [r.row, ...r.cells.values()])).to.deep.equal([
        [2, '学位 Zoë', 'z@x', '12345678901234', '2026-01-31'],
        [3, 'Ada', 'a@x', 'true', ''],
      ])
    })

    it('refuses a bomb before unpacking it, and one that announces less than it holds', async () => {
      const honest = await workbook([['nom', 'email']])
      const zeros = Buffer.alloc(3_000_000)
      const packed = deflateRawSync(zeros)
      const bomb = zipOf('xl/worksheets/sheet1.xml', packed, zeros.length)
      const liar = zipOf('xl/worksheets/sheet1.xml', packed, 1000)
      expect(
        await codesOf(() => Promise.resolve(unzip(bomb, 2_000_000, () => true))),
      ).to.deep.equal(['unpacked-too-large@0'])
      expect(
        await codesOf(() => Promise.resolve(unzip(liar, 2_000_000, () => true))),
      ).to.deep.equal(['unpacked-too-large@0'])
      expect(unzip(honest, 2_000_000, () => true).length).to.be.greaterThan(3)
    })

    it('refuses a cell far away, which a reader would fill with a gap', async () => {
      const honest = await workbook([['nom', 'email']])
      for (const [address, code] of [
        ['XFD1', 'too-many-columns@1'],
        ['B1048576', 'too-many-rows@1048576'],
        ['1e9', 'not-xlsx@0'],
      ] as const) {
        const parts = unzip(honest, 1e8, () => true).map((part) => ({
          name: part.name,
          bytes: part.name.includes('worksheets/')
            ? Buffer.from(Buffer.from(part.bytes).toString().replace('r="B1"', `r="${address}"`))
            : part.bytes,
        }))
        expect(await codesOf(() => rowsOf(zipStored(parts)))).to.deep.equal([code])
      }
    })

    it('refuses an archive cut short, damaged, or without a sheet', async () => {
      const honest = await workbook([['nom', 'email']])
      const flipped = Buffer.from(honest)
      const inside = flipped.indexOf('xl/worksheets/sheet1.xml') + 40
      flipped[inside] = (flipped[inside] ?? 0) ^ 0xff
      for (const bytes of [
        honest.subarray(0, -30),
        flipped,
        zipStored([{ name: 'a.xml', bytes: Buffer.from('<a/>') }]),
      ]) {
        expect(await codesOf(() => rowsOf(Buffer.concat([bytes])))).to.have.length(1)
      }
    })
  })
})

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** One deflated part, announced with any unpacked size. */
function zipOf(name: string, packed: Buffer, unpacked: number): Buffer {
  const archive = zipStored([{ name, bytes: packed }])
  const directory = archive.readUInt32LE(archive.length - 6)
  archive.writeUInt16LE(8, 8)
  archive.writeUInt16LE(8, directory + 10)
  archive.writeUInt32LE(unpacked, 22)
  archive.writeUInt32LE(unpacked, directory + 24)
  return archive
}
