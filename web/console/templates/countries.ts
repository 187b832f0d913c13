/** Countries by ISO 3166-1 alpha-2, and languages by BCP 47, named in the reader's language by the browser. */
import type { Choice } from '../field.tsx'
import type { Language } from '../../../src/index.ts'

const COUNTRIES =
  'AD AE AF AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
const LANGUAGES_OF_CERTIFICATES =
  'fr en de es it pt nl pl ro el sv da fi cs hu bg hr sk sl et lv lt ga mt ar zh ja uk tr'

export function countriesIn(language: Language): Choice<string>[] {
  return named(COUNTRIES, 'region', language)
}

/** @param more what stands in a template already */
export function languagesIn(language: Language, more: string): Choice<string>[] {
  const known = LANGUAGES_OF_CERTIFICATES.split(' ')
  const all = more === '' || known.includes(more) ? known : [more, ...known]
  return named(all.join(' '), 'language', language)
}

function named(codes: string, type: 'region' | 'language', language: Language): Choice<string>[] {
  const names = new Intl.DisplayNames([language], { type, fallback: 'code' })
  return codes
    .split(' ')
    .map((value) => ({ value, label: capital(nameOf(names, value)) }))
    .sort((a, b) => a.label.localeCompare(b.label, language))
}

function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code
  } catch {
    // A file may hold any tag: it is shown as it stands.
    return code
  }
}

function capital(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase() + text.slice(1)
}
