import type { Words } from '../../words/language.tsx'

type ServerWords = {
  readonly session: string
  readonly issuer: string
  readonly nameless: string
  readonly account: string
  readonly key: string
  readonly scopes: string
  readonly ends: string
  readonly endsText: (time: string, minutes: number) => string
  readonly server: string
  readonly again: string
  readonly checks: { readonly store: string; readonly chain: string; readonly documents: string }
  readonly answers: string
  readonly silent: string
  readonly docs: string
}

export const SERVER: Words<ServerWords> = {
  en: {
    session: 'This session',
    issuer: 'Organisation',
    nameless: 'Not named in the policy of this server',
    account: 'Account',
    key: 'API key',
    scopes: 'What the key may do',
    ends: 'Ends',
    endsText: (time, minutes) =>
      `${time} at the latest, or after ${minutes} minutes in which nothing was done`,
    server: 'The server',
    again: 'Look again',
    checks: { store: 'Database', chain: 'Network', documents: 'Documents' },
    answers: 'Answers',
    silent: 'Does not answer',
    docs: 'Description of the API',
  },
  fr: {
    session: 'Cette session',
    issuer: 'Organisme',
    nameless: 'Non nommé dans la politique de ce serveur',
    account: 'Compte',
    key: 'Clé d’API',
    scopes: 'Ce que permet la clé',
    ends: 'Fin',
    endsText: (time, minutes) =>
      `${time} au plus tard, ou après ${minutes} minutes sans aucune action`,
    server: 'Le serveur',
    again: 'Actualiser',
    checks: { store: 'Base de données', chain: 'Réseau', documents: 'Documents' },
    answers: 'Répond',
    silent: 'Ne répond pas',
    docs: 'Description de l’API',
  },
}
