import type { Words } from '../../words/language.tsx'
import type { Change, Letter, OperationKind } from './answers.ts'

type DetailsWords = {
  readonly title: string
  readonly back: string
  readonly nameless: string
  readonly erasedLearner: string
  readonly standing: string
  readonly reported: (reason: string, time: string) => string
  readonly newOne: string
  readonly facts: string
  readonly batch: string
  readonly index: string
  readonly indexOf: (index: string, size: string) => string
  readonly row: string
  readonly anchored: string
  readonly document: string
  readonly sealings: (count: string) => string
  readonly sealing: string
  readonly acts: string
  readonly noActs: string
  readonly permanent: string
  readonly history: string
  readonly issued: string
  readonly changes: Readonly<Record<Change['action'] | 'erase' | 'replace', string>>
  readonly asReported: string
  readonly letters: string
  readonly noLetters: string
  readonly purposes: Readonly<Record<Letter['purpose'], string>>
  readonly letterStates: Readonly<Record<Letter['state'], string>>
  readonly code: (code: string) => string
  readonly shares: string
  readonly noShares: string
  readonly shareCounts: (made: string, standing: string, opened: string) => string
  readonly operations: Readonly<Record<OperationKind, string>>
  readonly operationStates: Readonly<Record<'queued' | 'done' | 'failed', string>>
  readonly queuedHint: string
  readonly troubles: Readonly<Record<string, string>>
  readonly otherTrouble: string
}

export const DETAILS: Words<DetailsWords> = {
  en: {
    title: 'Certificate',
    back: 'Certificates',
    nameless: 'No name is known',
    erasedLearner: 'Erased learner',
    standing: 'Status',
    reported: (reason, time) => `Reason as reported: ${reason}. ${time}.`,
    newOne: 'Open the corrected certificate',
    facts: 'Where it belongs',
    batch: 'Batch',
    index: 'Place in the batch, from 0',
    indexOf: (index, size) => `${index} (certificates in the batch: ${size})`,
    row: 'Row of the file',
    anchored: 'Final since',
    document: 'Document',
    sealings: (count) => `replaced so far: ${count}`,
    sealing: 'Link',
    acts: 'What can be done',
    noActs: 'Nothing more can be done to it with this key.',
    permanent: 'Its link is permanent: it can be neither replaced nor erased.',
    history: 'History',
    issued: 'Issued',
    changes: {
      revoke: 'Revoked',
      suspend: 'Suspended',
      reinstate: 'Reinstated',
      'revoke-batch': 'Revoked with its batch',
      erase: 'Erased',
      replace: 'Replaced by a corrected one',
    },
    asReported: 'Times and reasons as this server reports them.',
    letters: 'Letters',
    noLetters: 'Its link was not sent by e-mail from here.',
    purposes: {
      issued: 'With its batch',
      resent: 'Sent again',
      asked: 'Asked for by the learner',
      resealed: 'New link',
    },
    letterStates: {
      queued: 'Waiting to be sent',
      accepted: 'Taken by the mail server',
      refused: 'Refused by the recipient’s server',
      failed: 'Could not be sent',
    },
    code: (code) => `answer ${code}`,
    shares: 'Shares',
    noShares: 'Its holder has shared nothing publicly.',
    shareCounts: (made, standing, opened) =>
      `Made by its holder: ${made}. Public now: ${standing}. Opened: ${opened} times.`,
    operations: {
      revoke: 'Revoking',
      suspend: 'Suspending',
      reinstate: 'Reinstating',
      'revoke-batch': 'Revoking the batch',
      correct: 'Correcting',
    },
    operationStates: {
      queued: 'On its way to the public register',
      done: 'Done',
      failed: 'Not done',
    },
    queuedHint: 'It is kept, and will be done even if this page is closed.',
    troubles: {
      'provider-down': 'The register does not answer. It is tried again by itself.',
      'no-funds': 'The account that pays the fees is empty. Please tell whoever runs the server.',
      'fee-cap': 'Fees are above the limit that was set. It is tried again by itself.',
      'wrong-chain': 'The server is connected to another network. Please tell whoever runs it.',
      signer: 'The signing key does not answer. Please tell whoever runs the server.',
      refused: 'The register refused it. Please tell whoever runs the server.',
      'awaiting-approval': 'A second person has to approve the replacement first.',
      'in-progress': 'The replacement is being issued.',
      erased: 'The certificate was erased meanwhile.',
      interrupted: 'The correction was interrupted. Please send it again.',
    },
    otherTrouble: 'Something stood in the way. It is tried again by itself.',
  },
  fr: {
    title: 'Certificat',
    back: 'Certificats',
    nameless: 'Aucun nom connu',
    erasedLearner: 'Apprenant effacé',
    standing: 'Statut',
    reported: (reason, time) => `Motif déclaré : ${reason}. ${time}.`,
    newOne: 'Ouvrir le certificat corrigé',
    facts: 'D’où il vient',
    batch: 'Lot',
    index: 'Rang dans le lot, à partir de 0',
    indexOf: (index, size) => `${index} (certificats dans le lot : ${size})`,
    row: 'Ligne du fichier',
    anchored: 'Définitif depuis',
    document: 'Document',
    sealings: (count) => `remplacements : ${count}`,
    sealing: 'Lien',
    acts: 'Ce qui peut être fait',
    noActs: 'Rien de plus ne peut être fait avec cette clé.',
    permanent: 'Son lien est permanent : il ne peut être ni remplacé ni effacé.',
    history: 'Historique',
    issued: 'Émis',
    changes: {
      revoke: 'Révoqué',
      suspend: 'Suspendu',
      reinstate: 'Rétabli',
      'revoke-batch': 'Révoqué avec son lot',
      erase: 'Effacé',
      replace: 'Remplacé par un certificat corrigé',
    },
    asReported: 'Dates et motifs tels que ce serveur les déclare.',
    letters: 'Lettres',
    noLetters: 'Son lien n’a pas été envoyé par courriel d’ici.',
    purposes: {
      issued: 'Avec son lot',
      resent: 'Renvoyée',
      asked: 'Demandée par l’apprenant',
      resealed: 'Nouveau lien',
    },
    letterStates: {
      queued: 'En attente d’envoi',
      accepted: 'Prise en charge par le serveur de messagerie',
      refused: 'Refusée par le serveur du destinataire',
      failed: 'N’a pas pu être envoyée',
    },
    code: (code) => `réponse ${code}`,
    shares: 'Partages',
    noShares: 'Son titulaire n’a rien partagé publiquement.',
    shareCounts: (made, standing, opened) =>
      `Créés par son titulaire : ${made}. Publics à présent : ${standing}. Ouvertures : ${opened}.`,
    operations: {
      revoke: 'Révocation',
      suspend: 'Suspension',
      reinstate: 'Rétablissement',
      'revoke-batch': 'Révocation du lot',
      correct: 'Correction',
    },
    operationStates: {
      queued: 'En route vers le registre public',
      done: 'Effectué',
      failed: 'Non effectué',
    },
    queuedHint: 'La demande est conservée et sera exécutée même si cette page est fermée.',
    troubles: {
      'provider-down': 'Le registre ne répond pas. Un nouvel essai suivra de lui-même.',
      'no-funds':
        'Le compte qui paie les frais est vide. Merci de prévenir la personne qui administre le serveur.',
      'fee-cap': 'Les frais dépassent la limite fixée. Un nouvel essai suivra de lui-même.',
      'wrong-chain':
        'Le serveur est relié à un autre réseau. Merci de prévenir la personne qui l’administre.',
      signer:
        'La clé de signature ne répond pas. Merci de prévenir la personne qui administre le serveur.',
      refused: 'Le registre a refusé. Merci de prévenir la personne qui administre le serveur.',
      'awaiting-approval': 'Une deuxième personne doit d’abord approuver le remplaçant.',
      'in-progress': 'Le remplaçant est en cours d’émission.',
      erased: 'Le certificat a été effacé entre-temps.',
      interrupted: 'La correction a été interrompue. Merci de l’envoyer à nouveau.',
    },
    otherTrouble: 'Quelque chose a fait obstacle. Un nouvel essai suivra de lui-même.',
  },
}
