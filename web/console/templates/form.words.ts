import type { Words } from '../../words/language.tsx'

type Section = { readonly title: string; readonly text: string }
type ListWords = { readonly one: string; readonly add: string }

export type FormWords = {
  readonly sections: Readonly<Record<SectionName, Section>>
  readonly outcomes: ListWords
  readonly skills: ListWords
  readonly blocks: ListWords
  readonly results: ListWords
  readonly qualities: ListWords
  readonly columns: ListWords
  readonly franceCompetences: string
  readonly assessmentTypes: string
  readonly participation: string
  readonly isRequired: string
  readonly hidable: string
  readonly hidableText: string
  readonly hidableResult: string
  readonly chooseResult: string
}

export const SECTIONS = [
  'title',
  'learnt',
  'effort',
  'assessment',
  'quality',
  'issuer',
  'dates',
  'columns',
] as const
export type SectionName = (typeof SECTIONS)[number]

export const FORM: Words<FormWords> = {
  en: {
    sections: {
      title: { title: 'The certificate', text: 'What every certificate of this template says.' },
      learnt: {
        title: 'What is learnt',
        text: 'Outcomes in plain words, and skills by their codes.',
      },
      effort: { title: 'Level and workload', text: 'How much work it is, and how it is taught.' },
      assessment: {
        title: 'Assessment',
        text: 'How it is known that somebody can do it, and which results the certificate shows.',
      },
      quality: { title: 'Quality', text: 'What stands behind the course or the organisation.' },
      issuer: {
        title: 'The organisation',
        text: 'Who issues it. A SIRET, NDA, UAI or website tells it from others of the same name.',
      },
      dates: { title: 'Dates', text: 'How long it is valid, and when the course took place.' },
      columns: {
        title: 'Columns of the file',
        text: 'Which column of the spreadsheet, by the name in its first line, fills what about each learner.',
      },
    },
    outcomes: { one: 'Outcome', add: 'Add an outcome' },
    skills: { one: 'Skill', add: 'Add a skill' },
    blocks: { one: 'Block', add: 'Add a block' },
    results: { one: 'Result', add: 'Add a result' },
    qualities: { one: 'Quality', add: 'Add what assures quality' },
    columns: { one: 'Column', add: 'Add a column' },
    franceCompetences: 'France compétences',
    assessmentTypes: 'Types of assessment',
    participation: 'Form of participation',
    isRequired: 'Required in every row',
    hidable: 'What learners may hide',
    hidableText:
      'When they share the certificate, learners decide claim by claim. What cannot be hidden shows on every share.',
    hidableResult: 'All results',
    chooseResult: 'Add a result under “Assessment” first.',
  },
  fr: {
    sections: {
      title: { title: 'Le certificat', text: 'Ce que dit chaque certificat de ce modèle.' },
      learnt: {
        title: 'Acquis',
        text: 'Les acquis en termes simples, et les compétences par leurs codes.',
      },
      effort: {
        title: 'Niveau et charge de travail',
        text: 'Combien de travail, et sous quelle forme.',
      },
      assessment: {
        title: 'Évaluation',
        text: 'Comment on sait que c’est acquis, et quels résultats le certificat montre.',
      },
      quality: { title: 'Qualité', text: 'Ce sur quoi reposent la formation ou l’organisme.' },
      issuer: {
        title: 'L’organisme',
        text: 'Qui délivre. Un SIRET, un NDA, un UAI ou un site le distingue d’un homonyme.',
      },
      dates: { title: 'Dates', text: 'La durée de validité, et quand la formation a eu lieu.' },
      columns: {
        title: 'Colonnes du fichier',
        text: 'Quelle colonne du tableur, selon le nom de sa première ligne, remplit quoi pour chaque apprenant.',
      },
    },
    outcomes: { one: 'Acquis', add: 'Ajouter un acquis' },
    skills: { one: 'Compétence', add: 'Ajouter une compétence' },
    blocks: { one: 'Bloc', add: 'Ajouter un bloc' },
    results: { one: 'Résultat', add: 'Ajouter un résultat' },
    qualities: { one: 'Qualité', add: 'Ajouter une garantie de qualité' },
    columns: { one: 'Colonne', add: 'Ajouter une colonne' },
    franceCompetences: 'France compétences',
    assessmentTypes: 'Types d’évaluation',
    participation: 'Forme de participation',
    isRequired: 'Obligatoire à chaque ligne',
    hidable: 'Ce que l’apprenant peut masquer',
    hidableText:
      'Au moment de partager, l’apprenant décide information par information. Ce qui n’est pas masquable se voit sur chaque partage.',
    hidableResult: 'Tous les résultats',
    chooseResult: 'Ajouter d’abord un résultat sous «\u202fÉvaluation\u202f».',
  },
}
