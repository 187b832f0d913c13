/** Arbitrary templates, and rows that fit them. */
import fc from 'fast-check'
import { parseTemplate } from '../../src/credential/template.ts'
import type { Template } from '../../src/credential/template.ts'
import { hasVisible } from '../../src/credential/invisible.ts'
import { UNPRINTABLE } from '../../src/credential/template-atoms.ts'
import { isScore } from '../../src/credential/columns.ts'
import type { Column } from '../../src/credential/columns.ts'
import { parseJsonText } from '../../src/primitives/json.ts'
import type { CredentialIds } from '../../src/credential/rows.ts'
import type { Address } from '../../src/primitives/bytes.ts'

/** A line of text in any script, of which a reader sees something. */
export const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 24 })
  .map((raw) =>
    raw
      .normalize('NFC')
      .replaceAll(/[\n\r\t]/g, ' ')
      .trim(),
  )
  .filter((clean) => hasVisible(clean) && !UNPRINTABLE.test(clean))

const url = fc.webPath().map((path) => `https://organisme.example${path || '/'}`)
const day = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const uuid = fc.uuid().map((id) => id.toLowerCase())
const skill = fc.record({
  name: text,
  esco: uuid.map((id) => `http://data.europa.eu/esco/skill/${id}`),
})
const optional = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined })

const results = fc.uniqueArray(
  fc.oneof(
    fc.record({
      key: fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/),
      name: text,
      type: fc.constantFrom('RawScore', 'Percent'),
    }),
    fc.record({
      key: fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/),
      name: text,
      type: fc.constantFrom('PerformanceLevel', 'Result'),
      allowed: fc.uniqueArray(text, { minLength: 1, maxLength: 4 }),
      skill: optional(skill),
    }),
  ),
  { maxLength: 4, selector: ({ key }) => key },
)

const CLAIMS = [
  'givenName',
  'familyName',
  'birthName',
  'birthDate',
  'birthPlace',
  'email',
  'licenseNumber',
] as const
const MORE_CLAIMS = [
  'role',
  'narrative',
  'term',
  'creditsEarned',
  'validFrom',
  'awardedDate',
  'identifier',
] as const
const HIDABLE = [...CLAIMS, 'role', 'narrative', 'term', 'identifier', 'result'] as const

const parts = fc.record({
  language: fc.constantFrom('fr', 'en', 'de', 'fr-FR'),
  name: text,
  siret: optional(fc.constant('00000001800010')),
  country: optional(fc.constantFrom('FR', 'BE', 'DE')),
  image: optional(url),
  outcomes: optional(fc.array(fc.record({ name: text }), { maxLength: 4 })),
  skills: optional(fc.array(skill, { maxLength: 3 })),
  block: optional(fc.constantFrom('RNCP99999BC02', 'RNCP123BC01')),
  eqf: optional(fc.integer({ min: 1, max: 8 })),
  hours: optional(fc.constantFrom(7, 10.5, 21)),
  ects: optional(fc.constantFrom(0.5, 1, 3)),
  assessment: optional(
    fc.record({ types: fc.constant(['practical', 'quiz']), protocol: optional(text) }),
  ),
  participation: optional(fc.constant(['blended'])),
  quality: optional(fc.record({ name: text, url, type: fc.constant('programme-quality') })),
  prose: optional(text),
  stackability: optional(fc.constantFrom('stand-alone', 'stackable')),
  certifier: optional(fc.record({ id: url, name: text })),
  duration: optional(fc.constantFrom('P3Y', 'P18M', 'P1Y6M15D')),
  utcOffset: fc.constantFrom('Z', '+02:00', '-05:00'),
  awarded: optional(day),
  results,
  claims: fc.subarray([...CLAIMS, ...MORE_CLAIMS], { minLength: 1 }),
  hidable: fc.subarray([...HIDABLE]),
})

/** A template with any of its optional parts, each claim in a column of its own. */
export const template: fc.Arbitrary<Template> = parts.map((part) => {
  const { name, image, ects, hours, block, eqf, quality } = part
  const columns = [
    ...part.claims.map((claim) => ({ column: `col ${claim}`, claim })),
    ...part.results.map(({ key }) => ({ column: `res ${key}`, claim: 'result', result: key })),
  ]
  const file = {
    inaltera: 'template/1',
    language: part.language,
    issuer: { name, siret: part.siret, address: part.country && { country: part.country } },
    certifier: part.certifier,
    achievement: {
      id: `urn:uuid:00000000-0000-4000-8000-000000000000`,
      name,
      description: name,
      criteria: { narrative: name },
      image: image && { url: image, caption: name },
    },
    learningOutcomes: part.outcomes,
    skills: part.skills,
    franceCompetences: block && { blocks: [{ code: block, name }] },
    level: eqf && { eqf },
    workload: ects === undefined && hours === undefined ? undefined : { ects, hours },
    assessment: part.assessment,
    participation: part.participation,
    qualityAssurance: quality && [quality],
    prerequisites: part.prose,
    furtherInformation: part.prose,
    stackability: part.stackability,
    results: part.results,
    validity: { duration: part.duration, utcOffset: part.utcOffset },
    awarded: part.awarded,
    hidable: part.hidable.map((claim) => `/credentialSubject/${claim}`),
    columns,
  }
  return parseTemplate(parseJsonText(JSON.stringify(file)))
})

/** Cells that a column accepts, one of them empty now and then. */
function cell(column: Column, of: Template): fc.Arbitrary<string> {
  const result = column.claim === 'result' ? of.results.get(column.result) : undefined
  if (result !== undefined) {
    if (!isScore(result)) return fc.constantFrom('', ...(result.allowed ?? ['']))
    return fc.constantFrom('', result.type === 'Percent' ? '87,5 %' : '14,25', '2')
  }
  switch (column.claim) {
    case 'birthDate':
      return fc.constantFrom('', '1950-02-28', '1999-12-31')
    case 'validFrom':
    case 'awardedDate':
      return fc.oneof(
        fc.constant(''),
        day.map((date) => `20${date.slice(2)}`),
      )
    case 'creditsEarned':
      return fc.constantFrom('', '0,5', '3')
    case 'email':
      return fc.constantFrom('', 'a@courriel.example')
    default:
      return fc.oneof(fc.constant(''), text)
  }
}

export type Issue = { readonly template: Template; readonly row: ReadonlyMap<string, string> }

/** A template and a row that fits it. */
export const issue: fc.Arbitrary<Issue> = template.chain((of) =>
  fc.tuple(...of.file.columns.map((column) => cell(column, of))).map((cells) => ({
    template: of,
    row: new Map(of.file.columns.map(({ column }, i) => [column, cells[i] ?? ''])),
  })),
)

export const IDS: CredentialIds = {
  credentialId: 'urn:uuid:3f6f2b3e-6c1a-4f0e-9d7c-2b1f8f0c7a11',
  subjectId: 'urn:uuid:5b1f0f3a-0b36-4a53-8d6e-1f2f2d7b9a10',
  issuer: { chainId: '31337', address: `0x${'1'.repeat(40)}` as Address },
  issuedAt: '2026-06-15T08:00:00Z',
}
