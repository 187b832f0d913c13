import type { Words } from '../../../words/language.tsx'

type IssuePageWords = {
  readonly title: string
  readonly intro: string
  readonly back: string
  readonly steps: Readonly<Record<'template' | 'file' | 'check' | 'issue', string>>
  readonly later: Readonly<Record<'file' | 'check' | 'issue', string>>
  readonly done: string
  readonly mayNot: string
  readonly startAgain: string
}

/** Of the page on which a batch is issued. */
export const ISSUE_PAGE: Words<IssuePageWords> = {
  en: {
    title: 'Issue certificates',
    intro: 'Nothing is issued before the last step. What is entered here stays until then.',
    back: 'Batches',
    steps: { template: 'Template', file: 'File', check: 'Check', issue: 'Issue' },
    later: {
      file: 'Comes once a template is chosen.',
      check: 'Comes once every column has its place.',
      issue: 'Comes once every row can be taken.',
    },
    done: 'Done',
    mayNot: 'This key may not issue. It needs the right “batches:write”.',
    startAgain: 'Start again',
  },
  fr: {
    title: 'Émettre des certificats',
    intro: 'Rien n’est émis avant la dernière étape. Ce qui est saisi ici reste jusque-là.',
    back: 'Lots',
    steps: { template: 'Modèle', file: 'Fichier', check: 'Vérification', issue: 'Émission' },
    later: {
      file: 'Vient une fois un modèle choisi.',
      check: 'Vient une fois que chaque colonne a sa place.',
      issue: 'Vient une fois que chaque ligne peut être prise.',
    },
    done: 'Fait',
    mayNot: 'Cette clé ne permet pas d’émettre. Il lui faut le droit « batches:write ».',
    startAgain: 'Recommencer',
  },
}
