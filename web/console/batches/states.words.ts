import type { Words } from '../../words/language.tsx'
import type { Tone } from '../status-badge.tsx'
import type { BatchState } from './shapes.ts'

/** The state of a batch in one or two words. */
export const STATE_WORDS: Words<Readonly<Record<BatchState, string>>> = {
  en: {
    'awaiting-approval': 'Awaiting approval',
    drafted: 'Being sealed',
    sealed: 'Being stored',
    stored: 'Being sent',
    submitted: 'Being recorded',
    anchored: 'Issued',
    rejected: 'Rejected',
  },
  fr: {
    'awaiting-approval': 'À approuver',
    drafted: 'Scellement en cours',
    sealed: 'Dépôt en cours',
    stored: 'Envoi en cours',
    submitted: 'Inscription en cours',
    anchored: 'Émis',
    rejected: 'Refusé',
  },
}

/** Of a batch that was issued, and revoked as a whole. */
export const REVOKED_WORD: Words<string> = { en: 'Revoked', fr: 'Révoqué' }

export const STATE_TONES: Readonly<Record<BatchState, Tone>> = {
  'awaiting-approval': 'waiting',
  drafted: 'moving',
  sealed: 'moving',
  stored: 'moving',
  submitted: 'moving',
  anchored: 'done',
  rejected: 'stopped',
}

type TroubleWords = {
  readonly held: string
  readonly since: (time: string) => string
  readonly codes: Readonly<Record<string, string>>
  readonly other: string
}

/** Why a batch does not go on, and what becomes of it. */
export const TROUBLE_WORDS: Words<TroubleWords> = {
  en: {
    held: 'Held up',
    since: (time) => `Since ${time}. It goes on by itself as soon as it can.`,
    codes: {
      'provider-down': 'The network does not answer.',
      'wrong-chain':
        'This server is connected to another network than the one it was set up for. Whoever runs it has to correct that.',
      'no-funds':
        'The account that pays the network’s fees does not hold enough. Whoever runs this server has to fund it.',
      'fee-cap':
        'The network’s fees are above the limit set for this server. The batch waits until they fall.',
      signer: 'The signing key does not answer. Whoever runs this server has to look at it.',
      refused:
        'The registry refused the record: the signing key may have been closed. Whoever runs this server has to look at it.',
      unreachable: 'The network does not answer.',
      timeout: 'The network did not answer in time.',
      locked:
        'This server runs without the passphrase of its keys. Whoever runs it has to start it with the passphrase.',
      'not-deployed':
        'The registry is not set up on this network yet. Whoever runs this server has to set it up.',
    },
    other:
      'Something on this server stands in the way. Whoever runs it finds the reason in its log.',
  },
  fr: {
    held: 'Retardé',
    since: (time) => `Depuis le ${time}. L’émission reprend d’elle-même dès que possible.`,
    codes: {
      'provider-down': 'Le réseau ne répond pas.',
      'wrong-chain':
        'Ce serveur est relié à un autre réseau que le sien. La personne qui l’administre doit corriger cela.',
      'no-funds':
        'Le compte qui paie les frais du réseau n’est pas assez approvisionné. La personne qui administre ce serveur doit l’approvisionner.',
      'fee-cap':
        'Les frais du réseau dépassent la limite fixée pour ce serveur. Le lot attend qu’ils baissent.',
      signer:
        'La clé de signature ne répond pas. La personne qui administre ce serveur doit s’en occuper.',
      refused:
        'Le registre a refusé l’inscription : la clé de signature a pu être fermée. La personne qui administre ce serveur doit s’en occuper.',
      unreachable: 'Le réseau ne répond pas.',
      timeout: 'Le réseau n’a pas répondu à temps.',
      locked:
        'Ce serveur fonctionne sans la phrase secrète de ses clés. La personne qui l’administre doit le démarrer avec elle.',
      'not-deployed':
        'Le registre n’est pas encore installé sur ce réseau. La personne qui administre ce serveur doit l’installer.',
    },
    other:
      'Quelque chose bloque sur ce serveur. La personne qui l’administre en trouve la raison dans son journal.',
  },
}
