/** The spellings of identifiers that templates carry, and where each leads. */

/** France compétences: `RNCP12345`, `RS6543`, and a block of the former, `RNCP12345BC02`. */
export const RNCP = /^RNCP[1-9][0-9]{0,5}$/
export const RS = /^RS[1-9][0-9]{0,5}$/
export const RNCP_BLOCK = /^(RNCP[1-9][0-9]{0,5})BC[0-9]{2}$/

/** A training organisation's declaration of activity (numéro de déclaration d'activité). */
export const NDA = /^[0-9]{2}[0-9AB]{2}[0-9]{7}$/
/** A school or university in the French directory (unité administrative immatriculée). */
export const UAI = /^[0-9]{7}[A-Z]$/
export const ESCO_SKILL =
  /^http:\/\/data\.europa\.eu\/esco\/skill\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const COUNTRY = /^[A-Z]{2}$/
/** BCP 47 as far as the Open Badges schema takes it. */
export const LANGUAGE = /^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/

/** The post office's establishments share a SIREN and are numbered by another rule: the sum of the digits. */
const LA_POSTE = '356000000'

/** Fourteen digits whose Luhn sum is a multiple of ten (ISO/IEC 7812-1, annex B). */
export function isSiret(text: string): boolean {
  if (!/^[0-9]{14}$/.test(text)) return false
  const digits = Array.from(text, Number)
  if (text.startsWith(LA_POSTE) && sum(digits) % 5 === 0) return true
  return sum(digits.map((digit, i) => (i % 2 === 0 ? luhnDouble(digit) : digit))) % 10 === 0
}

/** The public page of a certification in the national directories. */
export function franceCompetencesUrl(code: string): string {
  const [, directory, number] = /^(RNCP|RS)([0-9]+)/.exec(code) ?? []
  return `https://www.francecompetences.fr/recherche/${(directory ?? '').toLowerCase()}/${number ?? ''}/`
}

/** The certification that a block of competences belongs to. */
export function certificationOfBlock(block: string): string {
  return RNCP_BLOCK.exec(block)?.[1] ?? ''
}

function luhnDouble(digit: number): number {
  return digit < 5 ? digit * 2 : digit * 2 - 9
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
