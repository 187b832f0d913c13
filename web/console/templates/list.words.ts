import type { Words } from '../../words/language.tsx'

type ListWords = {
  readonly title: string
  readonly lead: string
  readonly create: string
  readonly importFile: string
  readonly noTemplate: string
  readonly search: string
  readonly all: string
  readonly emptyTitle: string
  readonly empty: string
  readonly none: string
  readonly name: string
  readonly state: string
  readonly version: string
  readonly created: string
  readonly complete: string
  readonly incomplete: string
  readonly earlier: string
  readonly deleted: string
}

export const LIST: Words<ListWords> = {
  en: {
    title: 'Templates',
    lead: 'What the certificates of a course have in common.',
    create: 'New template',
    importFile: 'Import a file',
    noTemplate: 'This file is no template of Inaltera.',
    search: 'Search templates',
    all: 'Earlier versions and deleted ones too',
    emptyTitle: 'No template yet',
    empty:
      'A template says what is learnt, how it is assessed and who issues it. With one, a list of learners becomes a batch of certificates.',
    none: 'No template of this name.',
    name: 'Name',
    state: 'State',
    version: 'Version',
    created: 'Saved on',
    complete: 'Complete',
    incomplete: 'Incomplete',
    earlier: 'Earlier',
    deleted: 'Deleted',
  },
  fr: {
    title: 'Modèles',
    lead: 'Ce que les certificats d’une formation ont en commun.',
    create: 'Nouveau modèle',
    importFile: 'Importer un fichier',
    noTemplate: 'Ce fichier n’est pas un modèle d’Inaltera.',
    search: 'Chercher un modèle',
    all: 'Aussi les anciennes versions et les modèles supprimés',
    emptyTitle: 'Aucun modèle pour l’instant',
    empty:
      'Un modèle dit ce qui est appris, comment c’est évalué et qui le délivre. Avec lui, une liste d’apprenants devient un lot de certificats.',
    none: 'Aucun modèle de ce nom.',
    name: 'Nom',
    state: 'État',
    version: 'Version',
    created: 'Enregistré le',
    complete: 'Complet',
    incomplete: 'Incomplet',
    earlier: 'Ancien',
    deleted: 'Supprimé',
  },
}
