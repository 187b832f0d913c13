import type { Words } from '../../words/language.tsx'

type BatchPageWords = {
  readonly back: string
  readonly name: (name: string) => string
  readonly certificates: (count: number, printed: string) => string
  readonly permanent: string
  readonly revoked: string
  readonly revoking: string
  readonly details: string
  readonly facts: Readonly<
    Record<'id' | 'root' | 'transaction' | 'home' | 'anchored' | 'by' | 'approved', string>
  >
  readonly list: string
  readonly listLabel: string
  readonly columns: Readonly<Record<'row' | 'name' | 'email' | 'externalId', string>>
  readonly erased: string
  readonly unnamed: string
  readonly notYet: string
}

/** Of the page of one batch. */
export const BATCH_PAGE: Words<BatchPageWords> = {
  en: {
    back: 'Batches',
    name: (name) => `Batch ${name}`,
    certificates: (count, printed) => `${printed} ${count === 1 ? 'certificate' : 'certificates'}`,
    permanent: 'permanent',
    revoked: 'The whole batch was revoked. Each of its certificates says so to whoever checks it.',
    revoking: 'The whole batch is being revoked. The network takes seconds to minutes.',
    details: 'Technical details',
    facts: {
      id: 'Batch',
      root: 'Root of the batch',
      transaction: 'Transaction',
      home: 'Chain and registry',
      anchored: 'Time of the block',
      by: 'Asked for by key',
      approved: 'Approved by key',
    },
    list: 'Certificates',
    listLabel: 'Certificates of this batch',
    columns: { row: 'Row', name: 'Learner', email: 'E-mail', externalId: 'Number' },
    erased: 'Erased',
    unnamed: 'Without a name',
    notYet: 'They are listed here once the batch is sealed.',
  },
  fr: {
    back: 'Lots',
    name: (name) => `Lot ${name}`,
    certificates: (count, printed) => `${printed} ${count < 2 ? 'certificat' : 'certificats'}`,
    permanent: 'permanents',
    revoked: 'Le lot entier a été révoqué. Chacun de ses certificats le dit à qui le vérifie.',
    revoking:
      'Le lot entier est en cours de révocation. Le réseau prend de quelques secondes à quelques minutes.',
    details: 'Détails techniques',
    facts: {
      id: 'Lot',
      root: 'Racine du lot',
      transaction: 'Transaction',
      home: 'Chaîne et registre',
      anchored: 'Heure du bloc',
      by: 'Demandé avec la clé',
      approved: 'Approuvé avec la clé',
    },
    list: 'Certificats',
    listLabel: 'Certificats de ce lot',
    columns: { row: 'Ligne', name: 'Apprenant', email: 'Courriel', externalId: 'Numéro' },
    erased: 'Effacé',
    unnamed: 'Sans nom',
    notYet: 'Ils figurent ici une fois le lot scellé.',
  },
}
