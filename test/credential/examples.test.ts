import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { expect } from 'chai'
import { lintTemplate } from '../../src/credential/elements.ts'
import { learnerOf } from '../../src/credential/learner.ts'
import { credentialOf } from '../../src/credential/rows.ts'
import { columnsOf, parseTemplate } from '../../src/credential/template.ts'
import { parseJson } from '../../src/primitives/json.ts'
import { IDS } from './arbitraries.ts'
import { schemaErrors } from './schema.ts'

const fileAt = (name: string): Buffer =>
  readFileSync(new URL(`../../examples/${name}`, import.meta.url))

describe('examples', () => {
  const template = parseTemplate(parseJson(fileAt('template.json')))
  const text = fileAt('apprenants.csv').toString('utf8')
  const [header = [], ...lines]: string[][] = parse(text, { delimiter: ';' })
  const rows = lines.map((cells) => new Map(header.map((name, i) => [name, cells[i] ?? ''])))

  it('have all eleven and all five elements, the three criteria, and no open question', () => {
    const { score, questions, complete } = lintTemplate(template)
    expect(score).to.deep.equal({
      mandatory: { reached: 11, of: 11 },
      optional: { reached: 5, of: 5 },
      criteria: { reached: 3, of: 3 },
    })
    expect(questions).to.deep.equal([])
    expect(complete).to.equal(true)
  })

  it('have a column for every claim, and none besides', () => {
    expect(new Set(header)).to.deep.equal(columnsOf(template))
  })

  it('issue at least 28 learners of many scripts, each by a credential that meets the schema', () => {
    expect(rows.length).to.be.at.least(28)
    for (const row of rows) {
      const outcome = credentialOf(template, row, IDS)
      if (!('credential' in outcome)) throw new Error(JSON.stringify(outcome.rowErrors))
      expect(schemaErrors(outcome.credential)).to.deep.equal([])
    }
    for (const script of ['Latin', 'Arabic', 'Han', 'Greek', 'Cyrillic', 'Hebrew', 'Hangul']) {
      expect(text, script).to.match(new RegExp(`\\p{Script=${script}}`, 'u'))
    }
  })

  it('are in NFC, and tell every learner apart', () => {
    expect(text.normalize('NFC')).to.equal(text)
    const learners = rows.map((row) => learnerOf(template, row))
    expect(new Set(learners.map(({ externalId }) => externalId)).size).to.equal(rows.length)
    const emails = learners.flatMap(({ email }) => email ?? [])
    expect(new Set(emails).size).to.equal(emails.length)
    expect(emails.every((email) => email.endsWith('.example'))).to.equal(true)
  })
})
