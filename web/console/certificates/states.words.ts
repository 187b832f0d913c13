/** How a certificate stands, in one or two words, and in one sentence. */
import type { Words } from '../../words/language.tsx'
import type { CertificateState, OperationKind } from './answers.ts'

type StatesWords = {
  readonly states: Readonly<Record<CertificateState | 'erased' | 'replaced', string>>
  readonly sentences: Readonly<Record<CertificateState | 'erased' | 'replaced', string>>
  /** While the change waits. */
  readonly queued: Readonly<Record<OperationKind, string>>
  readonly reading: string
}

export const STATES: Words<StatesWords> = {
  en: {
    states: {
      'not-anchored': 'Being issued',
      standing: 'In force',
      suspended: 'Suspended',
      revoked: 'Revoked',
      'batch-revoked': 'Revoked with its batch',
      unknown: 'Unknown',
      erased: 'Erased',
      replaced: 'Replaced',
    },
    sentences: {
      'not-anchored': 'Its batch is not final yet.',
      standing: 'Neither revoked nor suspended: whoever verifies it sees that it counts.',
      suspended: 'It does not count for now, and can be reinstated.',
      revoked: 'It counts no more, for good.',
      'batch-revoked': 'Its whole batch was revoked, for good.',
      unknown: 'The register does not answer at the moment.',
      erased: 'Nothing here can be read any more.',
      replaced: 'A corrected certificate took its place. Whoever has the old link is led to it.',
    },
    queued: {
      revoke: 'Being revoked',
      suspend: 'Being suspended',
      reinstate: 'Being reinstated',
      'revoke-batch': 'Batch being revoked',
      correct: 'Being corrected',
    },
    reading: 'Reading…',
  },
  fr: {
    states: {
      'not-anchored': 'En cours d’émission',
      standing: 'En vigueur',
      suspended: 'Suspendu',
      revoked: 'Révoqué',
      'batch-revoked': 'Révoqué avec son lot',
      unknown: 'Inconnu',
      erased: 'Effacé',
      replaced: 'Remplacé',
    },
    sentences: {
      'not-anchored': 'Son lot n’est pas encore définitif.',
      standing: 'Ni révoqué ni suspendu : à la vérification, il compte.',
      suspended: 'Il ne compte pas pour l’instant et peut être rétabli.',
      revoked: 'Il ne compte plus, définitivement.',
      'batch-revoked': 'Son lot entier a été révoqué, définitivement.',
      unknown: 'Le registre ne répond pas en ce moment.',
      erased: 'Plus rien ne peut être lu ici.',
      replaced: 'Un certificat corrigé a pris sa place. L’ancien lien y conduit.',
    },
    queued: {
      revoke: 'Révocation en cours',
      suspend: 'Suspension en cours',
      reinstate: 'Rétablissement en cours',
      'revoke-batch': 'Révocation du lot en cours',
      correct: 'Correction en cours',
    },
    reading: 'Lecture…',
  },
}
