/** What each act is called, what it will do, and what became of it. */
import type { Words } from '../../words/language.tsx'
import type { Act } from './acts.ts'

type ActWords = {
  readonly verbs: Readonly<Record<Act, string>>
  /** Under the button: one short line. */
  readonly hints: Readonly<Record<Act, string>>
  readonly titles: Readonly<Record<'suspend' | 'reinstate' | 'revoke', string>>
  readonly manyTitles: Readonly<
    Record<'suspend' | 'reinstate' | 'revoke', (count: string) => string>
  >
  readonly will: Readonly<Record<'suspend' | 'reinstate' | 'revoke', string>>
  readonly manyWill: Readonly<Record<'suspend' | 'reinstate' | 'revoke', string>>
  readonly skipped: (count: string) => string
  readonly reason: string
  readonly reasonHint: string
  readonly reasonOfErasing: string
  readonly choose: string
  readonly confirmCount: (count: string) => string
  readonly cancel: string
  readonly close: string
  readonly busy: string
  readonly sent: (done: string, all: string) => string
  readonly waiting: (seconds: string) => string
  readonly mailTitle: string
  readonly mailWill: (address: string) => string
  readonly mailLanguage: string
  readonly mailDone: string
}

export const ACT_WORDS: Words<ActWords> = {
  en: {
    verbs: {
      correct: 'Correct',
      mail: 'Send the link again',
      reseal: 'Replace the link',
      suspend: 'Suspend',
      reinstate: 'Reinstate',
      revoke: 'Revoke',
      erase: 'Erase',
    },
    hints: {
      correct: 'Issue it anew with what was wrong put right.',
      mail: 'By e-mail, to the address of its row.',
      reseal: 'Where the link came into the wrong hands.',
      suspend: 'It does not count until it is reinstated.',
      reinstate: 'It counts again.',
      revoke: 'It counts no more. Not to be undone.',
      erase: 'Delete what is kept of the learner. Not to be undone.',
    },
    titles: {
      suspend: 'Suspend this certificate',
      reinstate: 'Reinstate this certificate',
      revoke: 'Revoke this certificate',
    },
    manyTitles: {
      suspend: (count) => `Suspend ${count} certificates`,
      reinstate: (count) => `Reinstate ${count} certificates`,
      revoke: (count) => `Revoke ${count} certificates`,
    },
    will: {
      suspend:
        'Whoever verifies it is told that it is suspended. It can be reinstated at any time.',
      reinstate: 'Whoever verifies it is told again that it counts.',
      revoke:
        'Whoever verifies it is told that it was revoked. Nothing brings it back: not the issuer, not this server.',
    },
    manyWill: {
      suspend:
        'Whoever verifies one of them is told that it is suspended. They can be reinstated at any time.',
      reinstate: 'Whoever verifies one of them is told again that it counts.',
      revoke:
        'Whoever verifies one of them is told that it was revoked. Nothing brings them back: not the issuer, not this server.',
    },
    skipped: (count) => `Left out, since they stand otherwise already: ${count}.`,
    reason: 'Reason',
    reasonHint: 'It is public: whoever verifies the certificate reads it.',
    reasonOfErasing: 'It is kept here, with the date.',
    choose: 'Choose a reason',
    confirmCount: (count) => `To confirm, write how many: ${count}`,
    cancel: 'Cancel',
    close: 'Close',
    busy: 'One moment…',
    sent: (done, all) => `Asked for: ${done} of ${all}`,
    waiting: (seconds) => `The server takes so many at a time; it goes on in ${seconds} seconds.`,
    mailTitle: 'Send the link again',
    mailWill: (address) => `The learner’s own link goes to ${address}.`,
    mailLanguage: 'Language of the letter',
    mailDone: 'The letter is on its way.',
  },
  fr: {
    verbs: {
      correct: 'Corriger',
      mail: 'Renvoyer le lien',
      reseal: 'Remplacer le lien',
      suspend: 'Suspendre',
      reinstate: 'Rétablir',
      revoke: 'Révoquer',
      erase: 'Effacer',
    },
    hints: {
      correct: 'L’émettre à nouveau, sans l’erreur.',
      mail: 'Par courriel, à l’adresse de sa ligne.',
      reseal: 'Si le lien est tombé en de mauvaises mains.',
      suspend: 'Il ne compte plus jusqu’à son rétablissement.',
      reinstate: 'Il compte à nouveau.',
      revoke: 'Il ne compte plus. Sans retour.',
      erase: 'Supprimer ce qui est conservé de l’apprenant. Sans retour.',
    },
    titles: {
      suspend: 'Suspendre ce certificat',
      reinstate: 'Rétablir ce certificat',
      revoke: 'Révoquer ce certificat',
    },
    manyTitles: {
      suspend: (count) => `Suspendre ${count} certificats`,
      reinstate: (count) => `Rétablir ${count} certificats`,
      revoke: (count) => `Révoquer ${count} certificats`,
    },
    will: {
      suspend:
        'À la vérification, il apparaîtra comme suspendu. Il peut être rétabli à tout moment.',
      reinstate: 'À la vérification, il comptera à nouveau.',
      revoke:
        'À la vérification, il apparaîtra comme révoqué. Rien ne le rétablit : ni l’émetteur, ni ce serveur.',
    },
    manyWill: {
      suspend:
        'À la vérification, ils apparaîtront comme suspendus. Ils peuvent être rétablis à tout moment.',
      reinstate: 'À la vérification, ils compteront à nouveau.',
      revoke:
        'À la vérification, ils apparaîtront comme révoqués. Rien ne les rétablit : ni l’émetteur, ni ce serveur.',
    },
    skipped: (count) => `Laissés de côté, car déjà dans un autre état : ${count}.`,
    reason: 'Motif',
    reasonHint: 'Il est public : toute personne qui vérifie le certificat le lit.',
    reasonOfErasing: 'Il est conservé ici, avec la date.',
    choose: 'Choisir un motif',
    confirmCount: (count) => `Pour confirmer, écrire le nombre : ${count}`,
    cancel: 'Annuler',
    close: 'Fermer',
    busy: 'Un instant…',
    sent: (done, all) => `Demandés : ${done} sur ${all}`,
    waiting: (seconds) =>
      `Le serveur en accepte un nombre limité à la fois ; suite dans ${seconds} secondes.`,
    mailTitle: 'Renvoyer le lien',
    mailWill: (address) => `Le lien de l’apprenant part à l’adresse ${address}.`,
    mailLanguage: 'Langue de la lettre',
    mailDone: 'La lettre est en route.',
  },
}
