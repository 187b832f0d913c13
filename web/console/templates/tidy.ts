/** Brings what people paste into the form that a template takes. */

/** `RNCP 12345` and `rncp12345` are `RNCP12345`; a SIRET is often written in groups. */
export function tidyCode(text: string): string {
  return text.replaceAll(/[\s.]/g, '').toUpperCase()
}

export function tidyDigits(text: string): string {
  return text.replaceAll(/\s/g, '')
}

/** The address of a page of the ESCO portal names the skill in its query. */
export function tidyEsco(text: string): string {
  const [, id] = /esco(?:\/|%2F)skill(?:\/|%2F)([0-9a-f-]{36})/i.exec(text) ?? []
  return id === undefined ? text : `http://data.europa.eu/esco/skill/${id.toLowerCase()}`
}
