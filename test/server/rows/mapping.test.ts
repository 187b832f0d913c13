/** Defends columns under other names: nothing is filled from a column that nobody meant. */
import { expect } from 'chai'
import { suggestMapping } from '../../../server/rows/mapping.ts'
import { readRows } from './files.ts'

const wanted = new Set(['nom', 'email'])

describe('a mapping of columns', () => {
  const map = (entries: Readonly<Record<string, string>>) => new Map(Object.entries(entries))

  it('fills the columns of the template from those of the file', async () => {
    const mapping = map({ Nom: 'nom', 'E-mail': 'email' })
    const { rows, table } = await readRows('Nom,E-mail,x\nZoë,z@x,1\n', {}, { mapping })
    expect(rows).to.deep.equal([[2, 'Zoë', 'z@x', '1']])
    expect(table?.ignored).to.deep.equal(['x'])
  })

  it('takes the column that it names, and not the one that has the name', async () => {
    const { rows, table } = await readRows(
      'email,pro,nom\na@x,b@x,A\n',
      {},
      { mapping: map({ pro: 'email' }) },
    )
    expect(rows).to.deep.equal([[2, 'b@x', 'A']])
    expect(table?.ignored).to.deep.equal(['email'])
  })

  it('names what it maps from, to, and twice', async () => {
    const mapping = map({ gone: 'nom', a: 'nowhere', b: 'email', c: 'email' })
    const { problems } = await readRows('a,b,c\n1,2,3\n', {}, { mapping })
    expect(problems).to.deep.equal([
      'missing-column@1:gone',
      'unexpected-column@1:nowhere',
      'duplicate-column@1:email',
    ])
  })

  it('names a problem by the column of the file', async () => {
    const mapping = map({ Nom: 'nom' })
    const { problems } = await readRows('Nom,email\na\u0001,x\n', {}, { mapping })
    expect(problems).to.deep.equal(['control-character@2:Nom'])
  })

  it('is proposed where names differ by case, accents, spaces and punctuation alone', () => {
    const suggested = (columns: readonly string[], names: Iterable<string>) =>
      Object.fromEntries(suggestMapping(columns, new Set(names)))
    expect(suggested([' NOM', 'É-mail '], wanted)).to.deep.equal({
      ' NOM': 'nom',
      'É-mail ': 'email',
    })
    expect(suggested(['nom', 'Email', 'E-mail'], wanted)).to.deep.equal({})
    expect(suggested(['NOM'], ['nom', 'Nom'])).to.deep.equal({})
    expect(suggested(['nom', 'NOM'], ['nom'])).to.deep.equal({})
    expect(suggested(['学位'], ['学 位'])).to.deep.equal({ 学位: '学 位' })
  })
})
