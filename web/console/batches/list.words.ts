import type { Words } from '../../words/language.tsx'

type ListWords = {
  readonly title: string
  readonly issue: string
  readonly search: string
  readonly filter: string
  readonly all: string
  readonly label: string
  readonly columns: Readonly<Record<'batch' | 'size' | 'date' | 'state', string>>
  readonly number: (name: string) => string
  readonly certificates: (count: number, printed: string) => string
  readonly empty: string
  readonly emptyHint: string
  readonly firstTemplate: string
  readonly makeTemplate: string
  readonly none: string
  readonly waiting: (count: number) => string
  readonly show: string
}

/** Of the list of batches. */
export const LIST: Words<ListWords> = {
  en: {
    title: 'Batches',
    issue: 'Issue certificates',
    search: 'Search',
    filter: 'State',
    all: 'All',
    label: 'Batches',
    columns: { batch: 'Template', size: 'Certificates', date: 'Asked for', state: 'State' },
    number: (name) => `Batch ${name}`,
    certificates: (count, printed) => `${printed} ${count === 1 ? 'certificate' : 'certificates'}`,
    empty: 'No certificates issued yet',
    emptyHint:
      'A batch is one file of learners, issued together. All it takes is a template and a table with one row for each learner.',
    firstTemplate:
      'Begin with a template: it says what is certified, and which column of a table fills what.',
    makeTemplate: 'Make a template',
    none: 'No batch matches.',
    waiting: (count) =>
      count === 1 ? 'One batch awaits approval.' : `${count} batches await approval.`,
    show: 'Show',
  },
  fr: {
    title: 'Lots',
    issue: 'Émettre des certificats',
    search: 'Rechercher',
    filter: 'État',
    all: 'Tous',
    label: 'Lots',
    columns: { batch: 'Modèle', size: 'Certificats', date: 'Demandé', state: 'État' },
    number: (name) => `Lot ${name}`,
    certificates: (count, printed) => `${printed} ${count < 2 ? 'certificat' : 'certificats'}`,
    empty: 'Aucun certificat émis pour l’instant',
    emptyHint:
      'Un lot, c’est un fichier d’apprenants, émis ensemble. Il suffit d’un modèle et d’un tableau avec une ligne par apprenant.',
    firstTemplate:
      'Commencer par un modèle : il dit ce qui est certifié, et quelle colonne du tableau remplit quoi.',
    makeTemplate: 'Créer un modèle',
    none: 'Aucun lot ne correspond.',
    waiting: (count) =>
      count === 1 ? 'Un lot attend une approbation.' : `${count} lots attendent une approbation.`,
    show: 'Afficher',
  },
}
