import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { CELL_CODES } from '../../src/credential/cells.ts'
import {
  CRITERIA,
  MANDATORY_ELEMENTS,
  OPTIONAL_ELEMENTS,
  QUESTION_CODES,
  lintTemplate,
} from '../../src/credential/elements.ts'
import type { LintReport } from '../../src/credential/elements.ts'
import {
  CELL_TEXTS,
  CRITERION_TEXTS,
  ELEMENT_TEXTS,
  QUESTION_TEXTS,
} from '../../src/credential/elements.texts.ts'
import { parseTemplate } from '../../src/credential/template.ts'
import type { Json } from '../../src/primitives/json.ts'
import { changed } from './changed.ts'
import type { Change } from './changed.ts'

const EXAMPLE = JSON.parse(
  readFileSync(new URL('../../examples/template.json', import.meta.url), 'utf8'),
) as Json

function lint(...changes: readonly Change[]): LintReport {
  return lintTemplate(parseTemplate(changes.reduce(changed, EXAMPLE)))
}

function missingIn({ mandatory, optional }: LintReport): string[] {
  return [...mandatory, ...optional]
    .filter(({ present }) => !present)
    .map(({ code, place }) => `${code} at ${place}`)
}

function asked(report: LintReport): string[] {
  return report.questions.map(({ code, place, about }) => `${code} at ${place}: ${about ?? ''}`)
}

const nameless: Change = {
  at: '/columns',
  value: [{ column: 'N°', claim: 'identifier', required: true }],
}

describe('the linter', () => {
  const elements: readonly (readonly [string, ...Change[]])[] = [
    ['country at /issuer/address/country', { at: '/issuer/address' }],
    ['learning-outcomes at /learningOutcomes', { at: '/learningOutcomes' }],
    ['learning-outcomes at /learningOutcomes', { at: '/learningOutcomes', value: [] }],
    ['workload at /workload', { at: '/workload' }],
    ['level at /level/eqf', { at: '/level' }],
    ['participation-form at /participation', { at: '/participation' }],
    ['quality-assurance at /qualityAssurance', { at: '/qualityAssurance' }],
    ['prerequisites at /prerequisites', { at: '/prerequisites' }],
    ['supervision at /assessment/supervision', { at: '/assessment/supervision' }],
    ['stackability at /stackability', { at: '/stackability' }],
    ['further-information at /furtherInformation', { at: '/furtherInformation' }],
  ]
  for (const [missing, ...changes] of elements) {
    it(`names what is missing and its place: ${missing}`, () => {
      const report = lint(...changes)
      expect(missingIn(report)).to.deep.equal([missing])
      const isMandatory = MANDATORY_ELEMENTS.some((code) => missing.startsWith(code))
      expect(report.complete).to.equal(!isMandatory)
      expect(report.score.mandatory.reached).to.equal(isMandatory ? 10 : 11)
      expect(report.score.optional.reached).to.equal(isMandatory ? 5 : 4)
    })
  }

  it('misses the learner where no column has a name, and the grade where none has a result', () => {
    expect(missingIn(lint(nameless))).to.deep.equal(['learner at /columns', 'grade at /results'])
  })

  it('misses type and supervision where nothing is said of the assessment', () => {
    expect(missingIn(lint({ at: '/assessment' }))).to.deep.equal([
      'assessment-type at /assessment/types',
      'supervision at /assessment/supervision',
    ])
  })

  const identity: readonly Change[] = [
    { at: '/issuer/siret' },
    { at: '/issuer/nda' },
    { at: '/issuer/url' },
  ]
  const criteria: readonly (readonly [string, readonly string[], readonly Change[]])[] = [
    ['skills', ['/learningOutcomes'], [{ at: '/learningOutcomes' }]],
    ['skills', ['/skills'], [{ at: '/skills' }, { at: '/franceCompetences' }]],
    ['assessment', ['/assessment/types', '/assessment/protocol'], [{ at: '/assessment' }]],
    ['assessment', ['/assessment/protocol'], [{ at: '/assessment/protocol' }]],
    ['proof', ['/columns'], [nameless]],
    ['proof', ['/issuer/siret'], identity],
  ]
  for (const [code, lacking, changes] of criteria) {
    it(`says that the criterion ${code} lacks ${lacking.join(' and ')}`, () => {
      const unmet = lint(...changes).criteria.filter(({ met }) => !met)
      expect(unmet).to.deep.equal([{ code, met: false, lacking }])
    })
  }

  it('takes skills of a national directory for identified', () => {
    expect(lint({ at: '/skills' }).criteria[0]?.met).to.equal(true)
    expect(lint({ at: '/franceCompetences' }).criteria[0]?.met).to.equal(true)
  })

  it('asks about hidable claims outside the default list', () => {
    const value = '/credentialSubject/creditsEarned'
    expect(asked(lint({ at: '/hidable/-', value }))).to.deep.equal([
      'hidable-claim-unusual at /hidable/6: creditsEarned',
    ])
  })

  it('asks about personal claims that nobody can hide', () => {
    expect(asked(lint({ at: '/hidable', value: [] }))).to.deep.equal(
      [
        ['0', 'N° stagiaire'],
        ['1', 'Prénom'],
        ['2', 'Nom'],
        ['3', 'Date de naissance'],
        ['4', 'Courriel'],
        ['6', 'Épreuve pratique /20'],
        ['7', 'QCM sécurité (%)'],
        ['8', 'Assiduité (%)'],
        ['9', 'Travail d’équipe'],
      ].map(([i, about]) => `personal-claim-not-hidable at /columns/${i}: ${about}`),
    )
  })

  it('asks about national numbers, optional names and rows that cannot be told apart', () => {
    const national = { at: '/columns/0/identityType', value: 'nationalIdentityNumber' }
    expect(asked(lint(national))).to.deep.equal(['national-number at /columns/0: N° stagiaire'])
    const optional = { at: '/columns/2/required', value: false }
    expect(asked(lint(optional))).to.deep.equal(['name-not-required at /columns: '])
    const keyless = {
      at: '/columns',
      value: [{ column: 'Nom', claim: 'familyName', required: true }],
    }
    expect(asked(lint(keyless))).to.deep.equal(['nothing-tells-learners-apart at /columns: '])
  })

  it('has words for every code, in both languages', () => {
    const pairs = [
      [[...MANDATORY_ELEMENTS, ...OPTIONAL_ELEMENTS], ELEMENT_TEXTS],
      [CRITERIA, CRITERION_TEXTS],
      [QUESTION_CODES, QUESTION_TEXTS],
      [CELL_CODES, CELL_TEXTS],
    ] as const
    for (const [codes, texts] of pairs) {
      expect(Object.keys(texts).sort()).to.deep.equal([...codes].sort())
      for (const { fr, en } of Object.values(texts)) {
        expect(fr.length > 3 && en.length > 3 && fr !== en).to.equal(true)
      }
    }
  })
})
