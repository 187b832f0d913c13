import { expect } from 'chai'
import fc from 'fast-check'
import { parseCredential } from '../../src/credential/credential.ts'
import { withoutClaims } from '../../src/credential/disclosure.ts'
import { nameOf } from '../../src/credential/pointer.ts'
import { credentialOf } from '../../src/credential/rows.ts'
import { canonicalText, parseJsonText } from '../../src/primitives/json.ts'
import type { JsonObject } from '../../src/primitives/json.ts'
import { IDS, issue } from './arbitraries.ts'
import { errorsOf, EXAMPLE, issued, ROW, subjectOf } from './example.ts'
import { schemaErrors, singleValues } from './schema.ts'

describe('rows and a template', () => {
  it('give credentials that meet the Open Badges schema, with lists as lists', () => {
    fc.assert(
      fc.property(issue, ({ template, row }) => {
        const credential = issued(template, row)
        expect(schemaErrors(credential)).to.deep.equal([])
        expect(singleValues(credential)).to.deep.equal([])
      }),
      { numRuns: 150 },
    )
  })

  it('meet it still when any hidable claims are hidden', () => {
    const cases = issue.chain((made) =>
      fc.subarray([...made.template.hidable]).map((hidden) => ({ ...made, hidden })),
    )
    fc.assert(
      fc.property(cases, ({ template, row, hidden }) => {
        const shown = withoutClaims(issued(template, row), hidden)
        expect(schemaErrors(shown)).to.deep.equal([])
        expect(parseCredential(shown)).to.deep.equal(shown)
        const left = Object.keys(subjectOf(shown))
        expect(left).to.not.include.members(hidden.length === 0 ? ['proof'] : hidden.map(nameOf))
      }),
      { numRuns: 150 },
    )
  })

  it('survive being printed and read strictly', () => {
    fc.assert(
      fc.property(issue, ({ template, row }) => {
        const printed = canonicalText(issued(template, row))
        expect(canonicalText(parseCredential(parseJsonText(printed)))).to.equal(printed)
      }),
      { numRuns: 100 },
    )
  })

  it('leave no trace of a hidable claim outside its member', () => {
    const credential = issued(EXAMPLE, new Map(Object.entries(ROW)))
    const hidden = canonicalText(withoutClaims(credential, EXAMPLE.hidable))
    for (const value of ['"A-1"', 'Zoé', 'L’Hôte', '1999', 'zoe@', '"15.5"', '"90"']) {
      expect(canonicalText(credential)).to.include(value)
      expect(hidden).to.not.include(value)
    }
    expect(Object.keys(subjectOf(withoutClaims(credential, EXAMPLE.hidable))).sort()).to.deep.equal(
      ['achievement', 'activityEndDate', 'activityStartDate', 'creditsEarned', 'id', 'type'],
    )
  })

  it('put each cell where it belongs', () => {
    const subject = subjectOf(issued(EXAMPLE, new Map(Object.entries(ROW))))
    const { id } = EXAMPLE.file.achievement
    expect(subject['givenName']).to.equal('Zoé')
    expect(subject['birthDate']).to.equal('1999-02-03')
    expect(subject['identifier']).to.deep.equal([
      {
        type: 'IdentityObject',
        hashed: false,
        identityHash: 'A-1',
        identityType: 'ext:NumeroStagiaire',
      },
    ])
    expect(subject['result']).to.deep.equal(
      [
        ['pratique', '15.5'],
        ['securite', '90'],
        ['assiduite', '100'],
        ['equipe', 'Acquis'],
      ].map(([key, value]) => ({
        type: ['Result'],
        resultDescription: `${id}#result-${key}`,
        value,
      })),
    )
  })

  it('give no member for an empty cell', () => {
    const row = new Map(
      Object.entries({ ...ROW, Prénom: ' ', Courriel: '', 'Travail d’équipe': '' }),
    )
    const subject = subjectOf(issued(EXAMPLE, row))
    expect(subject).to.not.have.any.keys('givenName', 'email')
    expect(subject['result']).to.have.length(3)
    row.delete('Date de naissance')
    expect(subjectOf(issued(EXAMPLE, row))).to.not.have.property('birthDate')
  })

  it('name every fault of a row at once, by column', () => {
    const faults = {
      'N° stagiaire': '',
      Nom: 'a\u202eb',
      'Date de naissance': '31/02/1999',
      Courriel: 'zoe',
      'Épreuve pratique /20': '21',
      'QCM sécurité (%)': '0,9',
      'Assiduité (%)': '79,5 %',
      'Travail d’équipe': 'acquis',
    }
    expect(errorsOf(faults)).to.deep.equal([
      'N° stagiaire: empty-cell',
      'Nom: unprintable',
      'Date de naissance: not-a-date',
      'Courriel: not-an-email',
      'Épreuve pratique /20: out-of-range',
      'QCM sécurité (%): ambiguous-percentage',
      'Assiduité (%): below-required',
      'Travail d’équipe: not-allowed',
    ])
  })

  const cells: readonly (readonly [string, string, string])[] = [
    ['Nom', 'x'.repeat(501), 'too-long'],
    ['Nom', 'a\nb', 'several-lines'],
    ['Nom', 'a\u0007b', 'unprintable'],
    ['Épreuve pratique /20', '1 5', 'not-a-number'],
    ['Épreuve pratique /20', '1e1', 'not-a-number'],
    ['Épreuve pratique /20', '015', 'not-a-number'],
    ['Épreuve pratique /20', '11,99', 'below-required'],
    ['QCM sécurité (%)', '101 %', 'out-of-range'],
    ['QCM sécurité (%)', '1', 'ambiguous-percentage'],
    ['QCM sécurité (%)', '%', 'not-a-number'],
    ['Date du jury', '2026-13-01', 'not-a-date'],
    ['Date du jury', '06/31/2026', 'not-a-date'],
    ['Date de naissance', '2027-01-01', 'out-of-range'],
    ['Date de naissance', '0001-01-01', 'out-of-range'],
    ['Date du jury', '9999-12-31', 'out-of-range'],
    ['Nom', '\u200b', 'invisible'],
    ['Prénom', '\u2060\u00a0\u3164\u200b', 'invisible'],
    ['Courriel', '\u200d\u2800\u200d', 'invisible'],
  ]
  for (const [column, cell, code] of cells) {
    it(`refuse ${JSON.stringify(cell.slice(0, 12))} in ${column}: ${code}`, () => {
      expect(errorsOf({ [column]: cell })).to.deep.equal([`${column}: ${code}`])
    })
  }

  it('take a bare percentage above 1, a sign after it, and ISO dates in any column', () => {
    const changes = {
      'QCM sécurité (%)': '60',
      'Assiduité (%)': '80.0%',
      'Date du jury': '2026-06-12',
    }
    expect(errorsOf(changes)).to.deep.equal([])
  })

  it('name the issuer by its account, or by the identifier that its profile lists', () => {
    const row = new Map(Object.entries(ROW))
    const idOf = (issuer: typeof IDS.issuer): unknown => {
      const outcome = credentialOf(EXAMPLE, row, { ...IDS, issuer })
      return 'credential' in outcome && (outcome.credential['issuer'] as JsonObject)['id']
    }
    expect(idOf(IDS.issuer)).to.equal(`did:pkh:eip155:31337:0x${'1'.repeat(40)}`)
    expect(idOf({ id: 'did:web:organisme.example' })).to.equal('did:web:organisme.example')
  })

  it('carry a status for foreign verifiers only where one is given', () => {
    const row = new Map(Object.entries(ROW))
    const status = {
      id: 'https://organisme.example/status/1#7',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '7',
      statusListCredential: 'https://organisme.example/status/1',
    }
    const outcome = credentialOf(EXAMPLE, row, { ...IDS, status })
    if (!('credential' in outcome)) throw new Error('the row is refused')
    expect(outcome.credential['credentialStatus']).to.deep.equal(status)
    expect(schemaErrors(outcome.credential)).to.deep.equal([])
    expect(issued(EXAMPLE, row)).to.not.have.property('credentialStatus')
  })
})
