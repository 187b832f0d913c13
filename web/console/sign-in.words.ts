import type { Words } from '../words/language.tsx'

type SignInWords = {
  readonly title: string
  readonly lead: string
  readonly key: string
  readonly reveal: string
  readonly hide: string
  readonly enter: string
  readonly busy: string
  readonly help: string
  readonly helpText: string
  readonly again: string
  readonly againText: string
  readonly leave: string
}

export const SIGN_IN: Words<SignInWords> = {
  en: {
    title: 'Sign in to the console',
    lead: 'With the API key of the organisation. It is used once to sign in, and is not kept in this browser.',
    key: 'API key',
    reveal: 'Show',
    hide: 'Hide',
    enter: 'Sign in',
    busy: 'One moment…',
    help: 'How to get a key',
    helpText:
      'Whoever runs the server makes the first key, with the command below; further keys can be made in the settings of this console.',
    again: 'The session has ended',
    againText: 'Nothing that was entered is lost. Please sign in again for',
    leave: 'Leave',
  },
  fr: {
    title: 'Se connecter à la console',
    lead: 'Avec la clé d’API de l’organisme. Elle sert une fois, pour se connecter, et n’est pas conservée dans ce navigateur.',
    key: 'Clé d’API',
    reveal: 'Afficher',
    hide: 'Masquer',
    enter: 'Se connecter',
    busy: 'Un instant…',
    help: 'Comment obtenir une clé',
    helpText:
      'La personne qui administre le serveur crée la première clé avec la commande ci-dessous ; les suivantes se créent dans les réglages de cette console.',
    again: 'La session a expiré',
    againText: 'Rien de ce qui a été saisi n’est perdu. Merci de se reconnecter pour',
    leave: 'Quitter',
  },
}
