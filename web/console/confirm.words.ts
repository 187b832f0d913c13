import type { Words } from '../words/language.tsx'

type Confirming = {
  readonly name: (name: string) => string
  readonly reason: string
  readonly cancel: string
  readonly busy: string
}

export const CONFIRM: Words<Confirming> = {
  en: {
    name: (name) => `To confirm, write its name: ${name}`,
    reason: 'Reason',
    cancel: 'Cancel',
    busy: 'One moment…',
  },
  fr: {
    name: (name) => `Pour confirmer, écrire son nom : ${name}`,
    reason: 'Motif',
    cancel: 'Annuler',
    busy: 'Un instant…',
  },
}
