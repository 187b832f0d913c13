import { catalogueOf } from '../../src/index.ts'
import type { ReasonCode } from '../../src/index.ts'
import type { Words } from '../words/language.tsx'

type Sentences = {
  readonly valid: string
  readonly validAsOf: string
  readonly revoked: string
  readonly revokedReported: string
  readonly suspended: string
  readonly suspendedReported: string
  readonly expired: string
  readonly unvouched: string
  readonly domainDisagrees: string
  readonly notFinal: string
  readonly silent: string
  readonly onlySilent: string
  readonly otherwise: string
  /** Stands where an issuer's name would. */
  readonly someIssuer: string
  readonly reasons: Readonly<Record<ReasonCode, string>>
}

export const SENTENCES: Words<Sentences> = {
  en: {
    valid: 'Issued by {issuer}; anchored on {date}; unaltered; not revoked.',
    validAsOf:
      'Issued by {issuer}; anchored on {date}; unaltered and not revoked at that date. What happened since is not known.',
    revoked: 'Revoked by {issuer}. It can no longer be relied on.',
    revokedReported:
      'Revoked by {issuer} on {date} ({reason}), as its service reports. It can no longer be relied on.',
    suspended: 'Suspended for now by {issuer}, whom to ask about it. It may come back.',
    suspendedReported:
      'Suspended for now by {issuer}, whom to ask about it, since {date} ({reason}), as its service reports. It may come back.',
    expired: 'It was authentic, until {date}.',
    unvouched: 'The content is unaltered, but nobody you trust vouches for this issuer.',
    domainDisagrees:
      'The content is unaltered, but the domain that should vouch for this issuer names others.',
    notFinal:
      'It was issued moments ago, and its record is not final yet. Nothing is wrong with the certificate as far as we could see. Try again in a few minutes.',
    silent:
      '{silent} of {all} providers did not answer. Nothing is wrong with the certificate as far as we could see. Try again.',
    onlySilent:
      'The only provider did not answer. Nothing is wrong with the certificate as far as we could see. Try again.',
    otherwise: '{reason} Nothing is wrong with the certificate as far as we could see.',
    someIssuer: 'an accredited issuer',
    reasons: catalogueOf('en').reasons,
  },
  fr: {
    valid: 'Émis par {issuer} ; ancré le {date} ; inchangé ; non révoqué.',
    validAsOf:
      'Émis par {issuer} ; ancré le {date} ; inchangé et non révoqué à cette date. Ce qui s’est passé depuis n’est pas connu.',
    revoked: 'Révoqué par {issuer}. Il ne fait plus foi.',
    revokedReported:
      'Révoqué par {issuer} le {date} ({reason}), selon son service. Il ne fait plus foi.',
    suspended: 'Suspendu pour le moment par {issuer}, à qui s’adresser. Il peut être rétabli.',
    suspendedReported:
      'Suspendu pour le moment par {issuer}, à qui s’adresser, depuis le {date} ({reason}), selon son service. Il peut être rétabli.',
    expired: 'Il était authentique, jusqu’au {date}.',
    unvouched:
      'Le contenu est inchangé, mais personne de confiance ne se porte garant de cet émetteur.',
    domainDisagrees:
      'Le contenu est inchangé, mais le domaine qui devrait se porter garant de cet émetteur en nomme d’autres.',
    notFinal:
      'Il vient d’être émis et son enregistrement n’est pas encore définitif. Rien d’anormal n’a été constaté sur le certificat. Réessayez dans quelques minutes.',
    silent:
      '{silent} fournisseurs sur {all} n’ont pas répondu. Rien d’anormal n’a été constaté sur le certificat. Réessayez.',
    onlySilent:
      'L’unique fournisseur n’a pas répondu. Rien d’anormal n’a été constaté sur le certificat. Réessayez.',
    otherwise: '{reason} Rien d’anormal n’a été constaté sur le certificat.',
    someIssuer: 'un émetteur accrédité',
    reasons: catalogueOf('fr').reasons,
  },
}
