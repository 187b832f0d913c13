import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { columnsOf, parseTemplate } from '../../src/credential/template.ts'
import { columnTypeOf } from '../../src/credential/columns.ts'
import { parseJson, parseJsonText } from '../../src/primitives/json.ts'
import type { Json } from '../../src/primitives/json.ts'
import { refusalOf } from '../support/errors.ts'
import { changed } from './changed.ts'
import type { Change } from './changed.ts'

const EXAMPLE = parseJson(readFileSync(new URL('../../examples/template.json', import.meta.url)))
const { refused } = JSON.parse(
  readFileSync(new URL('../vectors/credential/templates.json', import.meta.url), 'utf8'),
) as { refused: readonly (Change & { comment: string; code: string; field: string })[] }

function exampleWith(...changes: readonly Change[]): Json {
  const plain = JSON.parse(JSON.stringify(EXAMPLE)) as Json
  return parseJsonText(JSON.stringify(changes.reduce(changed, plain)))
}

describe('a template', () => {
  for (const { comment, code, field, ...change } of refused) {
    it(`is refused: ${comment}`, () => {
      const plain = JSON.parse(JSON.stringify(EXAMPLE)) as Json
      expect(refusalOf(() => parseTemplate(changed(plain, change)))).to.equal(`${code} at ${field}`)
    })
  }

  it('may lack all that a micro-credential needs, but not what Open Badges needs', () => {
    const least = parseTemplate({
      inaltera: 'template/1',
      language: 'en',
      issuer: { name: 'A' },
      achievement: { id: 'urn:x:1', name: 'B', description: 'C', criteria: { narrative: 'D' } },
      columns: [{ column: 'Name', claim: 'familyName' }],
    })
    expect(least.achievement).to.deep.equal({
      id: 'urn:x:1',
      type: ['Achievement'],
      achievementType: 'MicroCredential',
      name: 'B',
      description: 'C',
      criteria: { narrative: 'D' },
      inLanguage: 'en',
    })
    expect(least.hidable).to.have.length(6)
  })

  it('carries a picture, small and of a kind that every browser draws, or names its address', () => {
    const at = '/achievement/image'
    const withImage = (url: string): Json => exampleWith({ at, value: { url } })
    const png = `data:image/png;base64,${Buffer.alloc(300, 7).toString('base64')}`
    for (const url of [png, 'https://school.example/badge.png']) {
      expect(parseTemplate(withImage(url)).achievement['image']).to.deep.equal({
        id: url,
        type: 'Image',
      })
    }
    for (const url of [
      'data:text/html;base64,PGI+',
      'data:image/png,raw',
      `data:image/png;base64,${'A'.repeat(65_536)}`,
      'javascript:alert(1)',
    ]) {
      expect(
        refusalOf(() => parseTemplate(withImage(url))),
        url.slice(0, 40),
      ).to.match(/image/)
    }
  })

  it('makes nothing hidable where it says so', () => {
    const bare = parseTemplate(exampleWith({ at: '/hidable', value: [] }))
    expect(bare.hidable).to.deep.equal([])
  })

  it('lets one column fill two claims that nobody can hide', () => {
    const twice = exampleWith({
      at: '/columns/-',
      value: { column: 'Date du jury', claim: 'awardedDate', format: 'dd/mm/yyyy' },
    })
    expect(columnsOf(parseTemplate(twice))).to.include('Date du jury')
  })

  it('takes several kinds of identifiers', () => {
    const column = { column: 'Matricule', claim: 'identifier', identityType: 'ext:Matricule' }
    const more = parseTemplate(exampleWith({ at: '/columns/-', value: column }))
    expect(columnsOf(more)).to.include('Matricule')
  })

  it('names the columns that rows must have, and the type of each', () => {
    const template = parseTemplate(EXAMPLE)
    expect([...columnsOf(template)]).to.deep.equal([
      ...['N° stagiaire', 'Prénom', 'Nom', 'Date de naissance', 'Courriel', 'Date du jury'],
      ...['Épreuve pratique /20', 'QCM sécurité (%)', 'Assiduité (%)', 'Travail d’équipe'],
    ])
    const types = template.file.columns.map((column) => columnTypeOf(column, template.results))
    expect(types).to.deep.equal([
      ...['text', 'text', 'text', 'date', 'text', 'date'],
      ...['number', 'percent', 'percent', 'text'],
    ])
  })

  it('puts identifiers in their proper places', () => {
    const { achievement } = parseTemplate(EXAMPLE)
    expect(achievement['otherIdentifier']).to.deep.equal([
      {
        type: 'IdentifierEntry',
        identifier: 'RNCP99999BC02',
        identifierType: 'ext:FranceCompetences',
      },
    ])
    const alignments = achievement['alignment'] as readonly { targetType: string }[]
    expect(alignments.map(({ targetType }) => targetType)).to.deep.equal([
      'ext:ESCOSkill',
      'ext:ESCOSkill',
      'ext:EQFLevel',
      'ext:RNCP',
      'ext:RNCPBloc',
      'ext:QualityAssurance',
    ])
    expect(achievement['notionalWorkload']).to.equal('PT21H')
    expect(achievement['creditsAvailable']).to.equal(1)
  })

  it('registers a whole certification, or one of the specific directory, as itself', () => {
    const registered = (value: Json): unknown => {
      const { achievement } = parseTemplate(exampleWith({ at: '/franceCompetences', value }))
      const entries = achievement['otherIdentifier'] as readonly { identifier: string }[]
      return entries.map(({ identifier }) => identifier)
    }
    expect(registered({ rncp: 'RNCP99999' })).to.deep.equal(['RNCP99999'])
    expect(registered({ rs: 'RS9999' })).to.deep.equal(['RS9999'])
  })
})
