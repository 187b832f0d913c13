/** What a new template begins with: what can be known, and columns that nearly every list of learners has. */
import type { Json, Language } from '../../../src/index.ts'
import type { Draft } from './draft.ts'

const HIDABLE = ['givenName', 'familyName', 'birthDate', 'email', 'identifier', 'result']

const COLUMNS: Readonly<Record<Language, readonly Json[]>> = {
  en: [
    { column: 'Learner no.', claim: 'identifier', identityType: 'systemId', required: true },
    { column: 'First name', claim: 'givenName', required: true },
    { column: 'Family name', claim: 'familyName', required: true },
    { column: 'E-mail', claim: 'email', required: false },
  ],
  fr: [
    { column: 'N° apprenant', claim: 'identifier', identityType: 'systemId', required: true },
    { column: 'Prénom', claim: 'givenName', required: true },
    { column: 'Nom', claim: 'familyName', required: true },
    { column: 'Courriel', claim: 'email', required: false },
  ],
}

/**
 * @param issuer its name, as this server knows it
 * @param utcOffset minutes, as the clock of the reader has it
 */
export function firstDraft(
  issuer: string | null,
  language: Language,
  utcOffset: number,
  id: string,
): Draft {
  const country = language === 'fr' ? { address: { country: 'FR' } } : {}
  return {
    inaltera: 'template/1',
    language,
    issuer: { name: issuer ?? '', ...country },
    achievement: { id: `urn:uuid:${id}`, type: 'MicroCredential' },
    validity: { utcOffset: printOffset(utcOffset) },
    hidable: HIDABLE.map((name) => `/credentialSubject/${name}`),
    columns: COLUMNS[language],
  }
}

function printOffset(minutes: number): string {
  if (minutes === 0) return 'Z'
  const two = (value: number): string => String(value).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
