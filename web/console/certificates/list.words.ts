import type { Words } from '../../words/language.tsx'

type ListWords = {
  readonly about: string
  readonly search: string
  readonly searchHint: string
  readonly batch: string
  readonly batchOf: (what: string, day: string, size: string) => string
  readonly number: (name: string) => string
  readonly columns: Readonly<Record<'learner' | 'id' | 'row' | 'state', string>>
  readonly table: string
  readonly choose: (name: string) => string
  readonly nameless: string
  readonly searching: string
  readonly found: (count: string, isOpen: boolean) => string
  readonly one: string
  readonly none: string
  readonly noneHint: string
  readonly inBatch: (count: string) => string
  readonly clear: string
  readonly emptyTitle: string
  readonly empty: string
  readonly emptyAction: string
  readonly chosen: (count: string) => string
  readonly unchoose: string
  readonly most: (count: string) => string
}

export const LIST: Words<ListWords> = {
  en: {
    about: 'Find a certificate by its learner, see how it stands, and act on it.',
    search: 'Search',
    searchHint:
      'Whole words of a name, an e-mail address, or a learner’s number. Nothing of it is kept.',
    batch: 'Batch',
    batchOf: (what, day, size) => `${day} (${size}) · ${what}`,
    number: (name) => `Batch ${name}`,
    columns: {
      learner: 'Learner',
      id: 'Number',
      row: 'Row of the file',
      state: 'Status',
    },
    table: 'Certificates',
    choose: (name) => `Select ${name}`,
    nameless: 'No name',
    searching: 'Searching…',
    found: (count, isOpen) => (isOpen ? `${count} found, and more` : `${count} found`),
    one: '1 found',
    none: 'Nobody is found by this',
    noneHint:
      'A name is found by its whole words, with or without accents: “Lefèvre”, not “Lefè”. Erased certificates are not found.',
    inBatch: (count) => `Certificates in this batch: ${count}`,
    clear: 'Clear the search',
    emptyTitle: 'No certificates yet',
    empty: 'Once a batch is issued, its certificates stand here: to be found, corrected, revoked.',
    emptyAction: 'Issue a batch',
    chosen: (count) => `Selected: ${count}`,
    unchoose: 'Clear selection',
    most: (count) => `At most ${count} can be selected at a time.`,
  },
  fr: {
    about: 'Retrouver un certificat par son apprenant, voir où il en est et agir.',
    search: 'Rechercher',
    searchHint:
      'Des mots entiers du nom, une adresse électronique ou un numéro d’apprenant. Rien n’en est conservé.',
    batch: 'Lot',
    batchOf: (what, day, size) => `${day} (${size}) · ${what}`,
    number: (name) => `Lot ${name}`,
    columns: {
      learner: 'Apprenant',
      id: 'Numéro',
      row: 'Ligne du fichier',
      state: 'Statut',
    },
    table: 'Certificats',
    choose: (name) => `Sélectionner ${name}`,
    nameless: 'Sans nom',
    searching: 'Recherche…',
    found: (count, isOpen) => (isOpen ? `${count} trouvés, et d’autres` : `${count} trouvés`),
    one: '1 trouvé',
    none: 'Personne ne correspond',
    noneHint:
      'Un nom se trouve par ses mots entiers, avec ou sans accents : « Lefèvre », pas « Lefè ». Les certificats effacés ne sont pas trouvés.',
    inBatch: (count) => `Certificats dans ce lot : ${count}`,
    clear: 'Vider la recherche',
    emptyTitle: 'Pas encore de certificats',
    empty:
      'Dès qu’un lot est émis, ses certificats apparaissent ici : à retrouver, à corriger, à révoquer.',
    emptyAction: 'Émettre un lot',
    chosen: (count) => `Sélection : ${count}`,
    unchoose: 'Vider la sélection',
    most: (count) => `La sélection s’arrête à ${count}.`,
  },
}
