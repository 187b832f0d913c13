/** Defends how rows are told apart. */
import { expect } from 'chai'
import { identitiesOf, learnerOf } from '../../src/credential/learner.ts'
import { EXAMPLE, exampleWith, ROW } from './example.ts'

describe('rows', () => {
  it('find whatever may stand once: e-mail addresses and identifiers of every kind', () => {
    const columns = [
      { column: 'Courriel', claim: 'email' },
      { column: 'N° stagiaire', claim: 'identifier', identityType: 'ext:NumeroStagiaire' },
      { column: 'INE', claim: 'identifier', identityType: 'nationalIdentityNumber' },
      { column: 'Compte', claim: 'identifier', identityType: 'userName' },
    ]
    const row = { ...ROW, INE: ' 0123 ', Compte: '' }
    expect(identitiesOf(exampleWith({ columns }), new Map(Object.entries(row)))).to.deep.equal([
      { kind: 'email', column: 'Courriel', value: 'zoe@courriel.example' },
      { kind: 'identifier', column: 'N° stagiaire', value: 'A-1' },
      { kind: 'identifier', column: 'INE', value: '0123' },
    ])
  })

  it('tell learners apart by name, e-mail address and identifier', () => {
    expect(learnerOf(EXAMPLE, new Map(Object.entries(ROW)))).to.deep.equal({
      name: 'Zoé L’Hôte',
      email: 'zoe@courriel.example',
      externalId: 'A-1',
    })
    expect(learnerOf(EXAMPLE, new Map([['Nom', ' Suharto ']]))).to.deep.equal({ name: 'Suharto' })
  })
})
