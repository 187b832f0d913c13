/** Defends reading rows from JSON: strict, streamed, under the same caps, and every bad row named. */
import { expect } from 'chai'
import { ROW_LIMITS } from '../../../server/rows/limits.ts'
import { RowsError } from '../../../server/rows/problems.ts'
import { openTable } from '../../../server/rows/read.ts'
import type { RowLimits } from '../../../server/rows/limits.ts'
import { utf8 } from '../../../src/index.ts'
import { namesOf } from './files.ts'

type Read = { readonly rows: unknown[]; readonly problems: string[] }

/** Reads a text that comes in pieces of `pieces` bytes. */
async function read(text: string, limits: Partial<RowLimits> = {}, pieces = 7): Promise<Read> {
  const bytes = utf8(text)
  const rows: unknown[] = []
  const source = {
    read: async function* () {
      for (let at = 0; at < bytes.length; at += pieces) {
        yield await Promise.resolve(bytes.subarray(at, at + pieces))
      }
    },
  }
  try {
    const table = await openTable(source, new Set(['nom', 'note']), {
      format: 'json',
      limits: { ...ROW_LIMITS, ...limits },
    })
    for await (const { row, cells } of table.rows) rows.push([row, ...cells.values()])
    table.problems.throwIfAny()
    return { rows, problems: [] }
  } catch (error) {
    if (!(error instanceof RowsError)) throw error
    return { rows, problems: namesOf(error) }
  }
}

describe('reading rows from JSON', () => {
  const good = '{"nom":"Zoë {\\"}","note":12.5}'

  it('reads an array and one object a line alike, in whatever pieces they come', async () => {
    for (const text of [
      `[${good},{"note":true,"nom":"Ada"}]`,
      ` [ ${good} ,\n {"nom":"Ada","note":true} ] \n`,
      `${good}\n{"nom":"Ada","note":true}`,
      `\n${good}\r\n\n{"nom":"Ada","note":true}\n`,
    ]) {
      for (const pieces of [1, 7, 1000]) {
        expect(await read(text, {}, pieces)).to.deep.equal({
          rows: [
            [1, 'Zoë {"}', '12.5'],
            [2, 'Ada', 'true'],
          ],
          problems: [],
        })
      }
    }
  })

  it('takes null for an empty cell, and no value that has parts', async () => {
    const { rows, problems } = await read(
      '[{"nom":null,"note":""},{"nom":["a"],"note":{"b":{}}},{"nom":"c","note":1}]',
    )
    expect(rows).to.deep.equal([
      [1, '', ''],
      [3, 'c', '1'],
    ])
    expect(problems).to.deep.equal(['bad-cell@2:nom', 'bad-cell@2:note'])
  })

  it('names every object that is not strict or has other members, and goes on', async () => {
    const { rows, problems } = await read(
      [
        '{"nom":"a","note":1}',
        '{"nom":"b","nom":"b","note":1}',
        '{"nom":"c"}',
        '{"nom":"d","note":1,"mail":"x"}',
        '{"nom":"e","note":1e400}',
        '{"nom":"f","note":1}',
      ].join('\n'),
    )
    expect(rows.map((row) => Array.isArray(row) && Number(row[0]))).to.deep.equal([1, 6])
    expect(problems).to.deep.equal([
      'not-json@2',
      'missing-column@3:note',
      'unexpected-column@4:mail',
      'not-json@5',
    ])
  })

  it('says where a text cannot be read on', async () => {
    for (const [text, problem] of [
      ['', 'no-rows@0'],
      ['[]', 'no-rows@0'],
      ['{"nom":', 'not-json@1'],
      ['"text"', 'not-json@1'],
      ['[1]', 'not-json@1'],
      ['[{"nom":1,"note":2},]', 'not-json@2'],
      ['[{"nom":1,"note":2}', 'not-json@2'],
      ['[{"nom":1,"note":2}] x', 'not-json@2'],
      ['{"nom":1,"note":2} {"nom":1,"note":2}', 'not-json@2'],
      ['{"nom":1,"note":2},{"nom":1,"note":2}', 'not-json@2'],
      ['\ufeff{"nom":1,"note":2}', 'not-json@1'],
      ['{"nom":1,"__proto__":2}', 'not-json@1'],
      ['{"nom":1}', 'missing-column@0:note'],
    ]) {
      expect((await read(text ?? '')).problems, text).to.deep.equal([problem])
    }
  })

  it('quotes nothing of a row in what it says of it', async () => {
    const source = {
      read: async function* () {
        yield await Promise.resolve(utf8('{"nom":"a","note":1}\n{"nom":"Jeanne Secret" 1}'))
      },
    }
    const table = await openTable(source, new Set(['nom', 'note']), { format: 'json' })
    for await (const { row } of table.rows) expect(row).to.equal(1)
    const { problems } = table.problems.named()
    expect(problems).to.have.length(1)
    expect(JSON.stringify(problems)).not.to.include('Secret')
  })

  it('holds the caps of every file', async () => {
    expect((await read(`[${good}]`, { fileBytes: 20 })).problems).to.deep.equal([
      'file-too-large@0',
    ])
    expect((await read(`[${good}]`, { lineBytes: 20 })).problems).to.deep.equal(['line-too-long@1'])
    expect((await read(`[${good},${good}]`, { csvRows: 1 })).problems).to.deep.equal([
      'too-many-rows@2',
    ])
    expect((await read(`[${good}]`, { columns: 1 })).problems).to.deep.equal(['too-many-columns@0'])
    expect((await read(`[${good}]`, { cellCharacters: 5 })).problems).to.deep.equal([
      'cell-too-long@1:nom',
    ])
  })
})
