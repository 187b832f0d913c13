import type { Words } from '../words/language.tsx'
import type { SealState } from './states.ts'

/** The word of each state. */
export const SEAL: Words<Readonly<Record<SealState, string>>> = {
  en: {
    checking: 'Checking',
    valid: 'Authentic',
    'valid-as-of': 'Authentic as of',
    invalid: 'Not authentic',
    revoked: 'Revoked',
    suspended: 'Suspended',
    expired: 'Expired',
    unvouched: 'Issuer not recognised',
    undetermined: 'Could not be verified',
    replaced: 'Replaced',
    erased: 'Erased',
  },
  fr: {
    checking: 'Vérification',
    valid: 'Authentique',
    'valid-as-of': 'Authentique au',
    invalid: 'Non authentique',
    revoked: 'Révoqué',
    suspended: 'Suspendu',
    expired: 'Expiré',
    unvouched: 'Émetteur non reconnu',
    undetermined: 'Vérification impossible',
    replaced: 'Remplacé',
    erased: 'Effacé',
  },
}
