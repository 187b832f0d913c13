/** Labels and hints of the template's fields in English; `*` stands for the place in a list. */

/** `wrong` says what is expected, where what stands there does not fit. */
export type FieldWords = { readonly label: string; readonly hint?: string; readonly wrong?: string }

const PAGE = { wrong: 'An address that begins with https://' }
const DAY = { wrong: 'A day of the calendar' }

export const FIELDS_EN = {
  '/language': { label: 'Language of the certificate' },
  '/achievement/name': {
    label: 'Title',
    hint: 'What the learner can now do, as it should be read on the certificate.',
  },
  '/achievement/description': {
    label: 'Description',
    hint: 'Two or three sentences: what it is about, and for whom.',
  },
  '/achievement/type': { label: 'Kind' },
  '/achievement/id': {
    label: 'Identifier',
    hint: 'Stays the same in every version. An address of your own site, or the one made up here.',
    wrong: 'An address such as https://… or urn:uuid:…',
  },
  '/achievement/image/url': { label: 'Badge picture', hint: 'Address of a PNG or SVG.', ...PAGE },
  '/achievement/version': { label: 'Version' },
  '/achievement/code': { label: 'Your own code' },
  '/achievement/fieldOfStudy': { label: 'Field of study' },
  '/achievement/specialization': { label: 'Specialisation' },
  '/achievement/criteria/narrative': {
    label: 'What has to be achieved',
    hint: 'The conditions for receiving the certificate: marks, attendance, rules.',
  },
  '/achievement/criteria/url': { label: 'Page with the conditions', ...PAGE },
  '/learningOutcomes/*/name': { label: 'The learner can…' },
  '/learningOutcomes/*/description': { label: 'More precisely' },
  '/skills/*/name': { label: 'Skill' },
  '/skills/*/esco': {
    label: 'Its address at ESCO',
    hint: 'Copied from the European portal of skills.',
    wrong: 'The address of a skill: http://data.europa.eu/esco/skill/…',
  },
  '/franceCompetences/rncp': { label: 'RNCP', wrong: 'RNCP and a number: RNCP12345' },
  '/franceCompetences/rs': { label: 'Répertoire spécifique', wrong: 'RS and a number: RS1234' },
  '/franceCompetences/blocks/*/code': {
    label: 'Code of the block',
    wrong: 'The certification’s code, BC and two digits: RNCP12345BC02',
  },
  '/franceCompetences/blocks/*/name': { label: 'Name of the block' },
  '/level/eqf': { label: 'European level (EQF)', hint: '1 to 8; a master’s degree is 7.' },
  '/workload/hours': {
    label: 'Hours of work',
    hint: 'With preparation and assessment.',
    wrong: 'A number of hours',
  },
  '/workload/ects': { label: 'ECTS credits', wrong: 'A number of credits' },
  '/prerequisites': { label: 'Needed to enrol' },
  '/stackability': { label: 'Stands alone, or counts towards more' },
  '/assessment/protocol': {
    label: 'How it is assessed',
    hint: 'How it is held, who marks it, by what scale, how identity is checked.',
  },
  '/assessment/supervision': { label: 'Supervision' },
  '/results/*/name': { label: 'Name of the result' },
  '/results/*/type': { label: 'Told as' },
  '/results/*/min': { label: 'Lowest', wrong: 'A number' },
  '/results/*/max': { label: 'Highest', wrong: 'A number above the lowest' },
  '/results/*/required': {
    label: 'Needed to pass',
    hint: 'A row below it is refused.',
    wrong: 'Within the scale, or one of the values',
  },
  '/results/*/allowed': {
    label: 'Values, from the lowest to the highest',
    hint: 'One on each line.',
  },
  '/qualityAssurance/*/name': { label: 'What assures quality', hint: 'Qualiopi, for example.' },
  '/qualityAssurance/*/url': { label: 'Page about it', ...PAGE },
  '/qualityAssurance/*/type': { label: 'It is about' },
  '/qualityAssurance/*/code': { label: 'Number of the certificate' },
  '/issuer/name': { label: 'Name of the organisation' },
  '/issuer/address/country': { label: 'Country' },
  '/issuer/url': { label: 'Website', ...PAGE },
  '/issuer/email': { label: 'E-mail for questions', wrong: 'An e-mail address' },
  '/issuer/siret': { label: 'SIRET', wrong: '14 digits; the last one checks the others' },
  '/issuer/nda': { label: 'Declaration of activity (NDA)', wrong: '11 characters: 11930000093' },
  '/issuer/uai': { label: 'UAI', wrong: 'Seven digits and a letter: 0931234A' },
  '/issuer/description': { label: 'In a sentence' },
  '/issuer/address/street': { label: 'Street' },
  '/issuer/address/postalCode': { label: 'Postal code' },
  '/issuer/address/locality': { label: 'Town' },
  '/validity/duration': {
    label: 'Valid for',
    hint: 'Empty: it never expires.',
    wrong: 'A number of years, months or days; or else a last day, not both',
  },
  '/validity/until': { label: 'Valid until the day', ...DAY },
  '/validity/from': { label: 'Valid from the day', hint: 'Empty: the day of issuing.', ...DAY },
  '/validity/utcOffset': {
    label: 'Days begin at',
    hint: 'The offset of your clock from UTC.',
    wrong: 'Z, or hours and minutes: +01:00',
  },
  '/activity/start': { label: 'The course began', ...DAY },
  '/activity/end': { label: 'The course ended', ...DAY },
  '/awarded': { label: 'Awarded on', ...DAY },
  '/furtherInformation': { label: 'Further information' },
  '/columns/*/column': {
    label: 'Column in the file',
    wrong: 'A name on one line, which no other column has',
  },
  '/columns/*/claim': { label: 'Fills', wrong: 'Another column fills this already' },
  '/columns/*/format': { label: 'Dates are written' },
  '/columns/*/identityType': {
    label: 'Kind of number',
    wrong: 'One of the kinds, or ext: and a word',
  },
  '/columns/*/result': { label: 'Which result', wrong: 'This result is not there any more' },
} as const satisfies Readonly<Record<string, FieldWords>>

export type FieldName = keyof typeof FIELDS_EN
