import type { Words } from '../../words/language.tsx'
import type { Tone } from '../status-badge.tsx'
import type { Mail } from './shapes.ts'

export type LetterState = keyof Mail['counts']

type LettersWords = {
  readonly title: string
  readonly what: string
  readonly send: string
  readonly sending: string
  readonly language: string
  readonly sendRest: string
  readonly states: Readonly<Record<LetterState, string>>
  readonly unsent: string
  readonly resend: string
  readonly resent: string
  readonly certificate: (index: string) => string
}

/** Of the letters in which learners get their links. */
export const LETTERS: Words<LettersWords> = {
  en: {
    title: 'By e-mail',
    what: 'Each learner with an address gets their own link. Asked again, nobody gets it twice.',
    send: 'Send the links by e-mail',
    sending: 'One moment…',
    language: 'Language of the e-mail',
    sendRest: 'Send to those who have none yet',
    states: {
      accepted: 'taken by the mail server',
      queued: 'waiting to be sent',
      refused: 'refused by the recipient’s server',
      failed: 'given up after three days',
    },
    unsent: 'Not delivered',
    resend: 'Send again',
    resent: 'Waiting to be sent',
    certificate: (index) => `Certificate ${index}`,
  },
  fr: {
    title: 'Par courriel',
    what: 'Chaque apprenant qui a une adresse reçoit son propre lien. Demandé à nouveau, personne ne le reçoit deux fois.',
    send: 'Envoyer les liens par courriel',
    sending: 'Un instant…',
    language: 'Langue du courriel',
    sendRest: 'Envoyer à qui n’a rien reçu',
    states: {
      accepted: 'chez le serveur de courriel',
      queued: 'en attente d’envoi',
      refused: 'refus du serveur du destinataire',
      failed: 'abandon après trois jours',
    },
    unsent: 'Non remis',
    resend: 'Renvoyer',
    resent: 'En attente d’envoi',
    certificate: (index) => `Certificat ${index}`,
  },
}

export const LETTER_TONES: Readonly<Record<LetterState, Tone>> = {
  accepted: 'done',
  queued: 'moving',
  refused: 'stopped',
  failed: 'stopped',
}
