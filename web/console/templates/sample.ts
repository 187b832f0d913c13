/** A row of an invented learner, so that a template can be seen as a certificate. */
import { credentialOf } from '../../../src/index.ts'
import type { Credential, RowError, Template } from '../../../src/index.ts'

type Column = Template['file']['columns'][number]
type Result = NonNullable<Template['file']['results']>[number]

/** One cell for each column of the file, by the column's name. */
export function sampleRow(template: Template): ReadonlyMap<string, string> {
  return new Map(
    template.file.columns.map((column) => [column.column, sampleCell(column, template)]),
  )
}

/** @param account of the issuer, CAIP-10 */
export function sampleCredential(
  template: Template,
  row: ReadonlyMap<string, string>,
  account: string,
  now: Date,
): { readonly credential: Credential } | { readonly rowErrors: readonly RowError[] } {
  return credentialOf(template, row, {
    credentialId: 'urn:uuid:00000000-0000-4000-8000-000000000001',
    subjectId: 'urn:uuid:00000000-0000-4000-8000-000000000002',
    issuer: { id: `did:pkh:${account}` },
    issuedAt: `${now.toISOString().slice(0, 19)}Z`,
  })
}

const SAMPLES: Readonly<Partial<Record<Column['claim'], string>>> = {
  givenName: 'Camille',
  familyName: 'Martin',
  birthName: 'Martin',
  birthPlace: 'Lyon',
  email: 'camille.martin@example.org',
  identifier: 'A-0042',
  licenseNumber: 'L-2026-0042',
  term: '2026',
  creditsEarned: '1',
  birthDate: '1994-03-21',
}

function sampleCell(column: Column, template: Template): string {
  if (column.claim !== 'result') return SAMPLES[column.claim] ?? ''
  const result = template.results.get(column.result)
  return result === undefined ? '' : sampleResult(result)
}

/** One that passes. */
function sampleResult(result: Result): string {
  if ('allowed' in result && result.allowed !== undefined) return result.allowed.at(-1) ?? ''
  if (result.required !== undefined) return String(result.required)
  if ('max' in result && result.max !== undefined) return String(result.max)
  return result.type === 'Percent' ? '90' : isNumber(result) ? '15' : 'A'
}

function isNumber({ type }: Result): boolean {
  return type === 'RawScore' || type === 'ScaledScore' || type === 'GradePointAverage'
}
