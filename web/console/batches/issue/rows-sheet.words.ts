import type { Words } from '../../../words/language.tsx'

type RowsSheetWords = {
  readonly label: string
  readonly row: string
  readonly rowNumber: (line: string) => string
  readonly edit: (line: string) => string
  readonly leaveOut: (line: string) => string
  readonly takeBack: string
  readonly leftOut: string
  readonly changed: string
  readonly rest: string
  readonly cell: (column: string, line: string) => string
  readonly inColumn: (column: string, what: string) => string
}

/** Of the table in which rows are looked at and corrected. */
export const ROWS_SHEET: Words<RowsSheetWords> = {
  en: {
    label: 'Rows of the file',
    row: 'Row',
    rowNumber: (line) => `Row ${line}`,
    edit: (line) => `Change row ${line}`,
    leaveOut: (line) => `Leave out row ${line}`,
    takeBack: 'Undo',
    leftOut: 'Left out: no certificate for this row',
    changed: 'Changed, not checked yet',
    rest: 'Without a column',
    cell: (column, line) => `${column}, row ${line}`,
    inColumn: (column, what) => `${column}: ${what}`,
  },
  fr: {
    label: 'Lignes du fichier',
    row: 'Ligne',
    rowNumber: (line) => `Ligne ${line}`,
    edit: (line) => `Modifier la ligne ${line}`,
    leaveOut: (line) => `Écarter la ligne ${line}`,
    takeBack: 'Annuler',
    leftOut: 'Écartée : pas de certificat pour cette ligne',
    changed: 'Modifiée, pas encore vérifiée',
    rest: 'Sans colonne',
    cell: (column, line) => `${column}, ligne ${line}`,
    inColumn: (column, what) => `${column} : ${what}`,
  },
}
