import type { Words } from '../../words/language.tsx'

type LinterWords = {
  readonly title: string
  readonly outOf: (count: number) => string
  readonly complete: string
  readonly lacking: (count: number) => string
  readonly all: string
  readonly faults: string
  readonly criteria: string
  readonly optional: string
  readonly questions: string
  readonly marks: { readonly done: string; readonly open: string; readonly ask: string }
}

export const LINTER: Words<LinterWords> = {
  en: {
    title: 'Completeness',
    outOf: (count) => `of ${count} mandatory elements of the European recommendation`,
    complete: 'All of them are there.',
    lacking: (count) => (count === 1 ? 'One is missing.' : `${count} are missing.`),
    all: 'See all elements',
    faults: 'To look at again',
    criteria: 'Three criteria of a micro-credential',
    optional: 'Optional elements',
    questions: 'Questions',
    marks: { done: 'Done:', open: 'Missing:', ask: 'Question:' },
  },
  fr: {
    title: 'Complétude',
    outOf: (count) => `sur ${count} éléments obligatoires de la recommandation européenne`,
    complete: 'Tous sont présents.',
    lacking: (count) => (count === 1 ? 'Il en manque un.' : `Il en manque ${count}.`),
    all: 'Voir tous les éléments',
    faults: 'À revoir',
    criteria: 'Trois critères d’une micro-certification',
    optional: 'Éléments facultatifs',
    questions: 'Questions',
    marks: { done: 'Présent\u202f:', open: 'Manquant\u202f:', ask: 'Question\u202f:' },
  },
}
