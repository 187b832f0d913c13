import type { Words } from '../../../words/language.tsx'

type FileStepWords = {
  readonly choose: string
  readonly other: string
  readonly drop: string
  readonly hint: string
  readonly reading: string
  readonly mapping: string
  readonly rows: (count: number, printed: string) => string
  readonly workbook: string
  readonly large: string
  readonly converted: string
  readonly wrongKind: string
  readonly allFound: (count: string) => string
  readonly missing: (columns: string) => string
  readonly unfilled: string
  readonly doubled: (columns: string) => string
  readonly ignored: (columns: string) => string
  readonly change: string
  readonly where: string
  readonly none: string
  readonly sample: (text: string) => string
}

export const FILE_STEP: Words<FileStepWords> = {
  en: {
    choose: 'Choose a file',
    other: 'Choose another file',
    drop: 'or drop it here',
    hint: 'CSV or Excel (.xlsx), with the names of the columns in the first line and one row for each learner.',
    reading: 'Reading the file…',
    mapping: 'Finding which column fills what…',
    rows: (count, printed) => `${printed} ${count === 1 ? 'row' : 'rows'}`,
    workbook: 'Excel workbook',
    large: 'Large file: its rows are checked by the server, and corrected in the file itself.',
    converted:
      'This file is not UTF-8. It was read as Windows saves it: please look at accented letters below.',
    wrongKind: 'This is neither a CSV nor an Excel file (.xlsx).',
    allFound: (count) => `All ${count} columns of the template have their place.`,
    missing: (columns) => `Still to be filled: ${columns}.`,
    unfilled: 'Nothing fills this column yet.',
    doubled: (columns) => `Chosen more than once: ${columns}. One column fills one place.`,
    ignored: (columns) => `In the file and not issued: ${columns}.`,
    change: 'Change which column fills what',
    where: 'Which column of the file fills each column of the template?',
    none: 'Choose a column',
    sample: (text) => `For example: ${text}`,
  },
  fr: {
    choose: 'Choisir un fichier',
    other: 'Choisir un autre fichier',
    drop: 'ou le déposer ici',
    hint: 'CSV ou Excel (.xlsx), avec le nom des colonnes sur la première ligne et une ligne par apprenant.',
    reading: 'Lecture du fichier…',
    mapping: 'Recherche des colonnes…',
    rows: (count, printed) => `${printed} ${count < 2 ? 'ligne' : 'lignes'}`,
    workbook: 'Classeur Excel',
    large:
      'Fichier volumineux : ses lignes sont vérifiées par le serveur, et se corrigent dans le fichier.',
    converted:
      'Ce fichier n’est pas en UTF-8. Il a été lu comme Windows l’enregistre : merci de regarder les lettres accentuées ci-dessous.',
    wrongKind: 'Ce n’est ni un CSV, ni un fichier Excel (.xlsx).',
    allFound: (count) => `Les ${count} colonnes du modèle ont leur place.`,
    missing: (columns) => `À remplir encore : ${columns}.`,
    unfilled: 'Rien ne remplit encore cette colonne.',
    doubled: (columns) =>
      `Choisies plus d’une fois : ${columns}. Une colonne remplit une seule place.`,
    ignored: (columns) => `Dans le fichier et non émises : ${columns}.`,
    change: 'Changer quelle colonne remplit quoi',
    where: 'Quelle colonne du fichier remplit chaque colonne du modèle ?',
    none: 'Choisir une colonne',
    sample: (text) => `Par exemple : ${text}`,
  },
}
