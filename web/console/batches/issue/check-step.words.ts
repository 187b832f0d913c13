import type { Words } from '../../../words/language.tsx'

type CheckStepWords = {
  readonly checking: (rows: string) => string
  readonly checkingAny: string
  readonly good: (count: number, printed: string) => string
  readonly bad: (count: number, printed: string, of: string) => string
  readonly badFile: string
  readonly more: (more: string) => string
  readonly incomplete: string
  readonly approval: string
  readonly see: string
  readonly duplicates: string
  readonly duplicatesHint: string
  readonly faulty: (count: string) => string
  readonly all: (count: string) => string
  readonly some: (count: string) => string
  readonly which: string
  readonly check: string
  readonly again: string
  readonly corrected: (count: number, printed: string) => string
  readonly elsewhere: string
  readonly list: string
  readonly columns: Readonly<Record<'row' | 'column' | 'what', string>>
  readonly preview: string
  readonly previewTitle: (row: string) => string
  readonly previewFoot: string
}

export const CHECK_STEP: Words<CheckStepWords> = {
  en: {
    checking: (rows) => `Checking ${rows} rows. A large file takes a minute or two.`,
    checkingAny: 'Checking every row…',
    good: (count, printed) =>
      count === 1 ? 'The one row can be issued.' : `All ${printed} rows can be issued.`,
    bad: (count, printed, of) =>
      count === 1
        ? `1 of ${of} rows cannot be issued yet.`
        : `${printed} of ${of} rows cannot be issued yet.`,
    badFile: 'The file cannot be issued as it is.',
    more: (more) => `${more} more problems are not listed. Correct these first.`,
    incomplete: 'The rows are in order. What the template lacks is said in step 1.',
    approval: 'A batch of this size is issued once a second person has approved it.',
    see: 'Preview a certificate',
    duplicates: 'Issue to the same learner more than once',
    duplicatesHint: 'Some rows name a learner who stands in another row as well.',
    faulty: (count) => `To correct (${count})`,
    all: (count) => `All rows (${count})`,
    some: (count) => `Named above (${count})`,
    which: 'Which rows to show',
    check: 'Check the rows',
    again: 'Check again',
    corrected: (count, printed) =>
      count === 1 ? '1 row changed, not checked yet.' : `${printed} rows changed, not checked yet.`,
    elsewhere: 'Correct these in the file, save it, and choose it again above.',
    list: 'What to correct',
    columns: { row: 'Row', column: 'Column', what: 'What is wrong' },
    preview: 'As the learner will see it',
    previewTitle: (row) => `Preview of row ${row}`,
    previewFoot: 'Preview: nothing was issued.',
  },
  fr: {
    checking: (rows) =>
      `Vérification de ${rows} lignes. Un grand fichier prend une minute ou deux.`,
    checkingAny: 'Vérification de chaque ligne…',
    good: (count, printed) =>
      count === 1 ? 'La ligne peut être émise.' : `Les ${printed} lignes peuvent être émises.`,
    bad: (count, printed, of) =>
      count === 1
        ? `1 ligne sur ${of} ne peut pas encore être émise.`
        : `${printed} lignes sur ${of} ne peuvent pas encore être émises.`,
    badFile: 'Le fichier ne peut pas être émis tel quel.',
    more: (more) => `${more} autres problèmes ne sont pas listés. Corriger d’abord ceux-ci.`,
    incomplete: 'Les lignes sont en ordre. Ce qui manque au modèle est dit à l’étape 1.',
    approval: 'Un lot de cette taille est émis une fois approuvé par une deuxième personne.',
    see: 'Voir un certificat',
    duplicates: 'Émettre plusieurs fois au même apprenant',
    duplicatesHint: 'Des lignes nomment un apprenant qui figure aussi sur une autre ligne.',
    faulty: (count) => `À corriger (${count})`,
    all: (count) => `Toutes les lignes (${count})`,
    some: (count) => `Citées ci-dessus (${count})`,
    which: 'Quelles lignes afficher',
    check: 'Vérifier les lignes',
    again: 'Vérifier à nouveau',
    corrected: (count, printed) =>
      count === 1
        ? '1 ligne modifiée, pas encore vérifiée.'
        : `${printed} lignes modifiées, pas encore vérifiées.`,
    elsewhere: 'Corriger dans le fichier, l’enregistrer, et le choisir à nouveau ci-dessus.',
    list: 'Ce qu’il faut corriger',
    columns: { row: 'Ligne', column: 'Colonne', what: 'Ce qui ne va pas' },
    preview: 'Tel que l’apprenant le verra',
    previewTitle: (row) => `Aperçu de la ligne ${row}`,
    previewFoot: 'Aperçu : rien n’a été émis.',
  },
}
