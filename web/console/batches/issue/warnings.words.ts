import type { Words } from '../../../words/language.tsx'

type WarningWords = {
  readonly title: string
  /** By code; `{column}` where one is meant. */
  readonly codes: Readonly<Record<string, string>>
  readonly other: string
  readonly rows: (rows: string, count: number) => string
  readonly more: (rows: string, more: string) => string
  readonly show: string
}

/** What is worth a look and stops nothing (`WARNING_CODES` of `server/issuance/types.ts`). */
export const WARNINGS: Words<WarningWords> = {
  en: {
    title: 'Worth a look',
    codes: {
      'equal-names': 'The same name more than once: are these different people?',
      'earlier-certificate': 'Already have a certificate of this template.',
      'invisible-characters':
        'Column {column}: characters that nobody sees. They are marked in the table.',
      'cells-normalised':
        'Spaces around the text were removed, or letters brought to their usual form.',
      'column-ignored': 'Column {column} is not in the template, and not issued.',
    },
    other: 'Please look at these rows.',
    rows: (rows, count) => `${count === 1 ? 'Row' : 'Rows'} ${rows}`,
    more: (rows, more) => `Rows ${rows} and ${more} more`,
    show: 'Show these rows',
  },
  fr: {
    title: 'À regarder',
    codes: {
      'equal-names': 'Le même nom plusieurs fois : s’agit-il de personnes différentes ?',
      'earlier-certificate': 'Ont déjà un certificat de ce modèle.',
      'invisible-characters':
        'Colonne {column} : des caractères que personne ne voit. Ils sont marqués dans le tableau.',
      'cells-normalised':
        'Des espaces autour du texte ont été retirés, ou des lettres ramenées à leur forme usuelle.',
      'column-ignored': 'La colonne {column} n’est pas dans le modèle, et n’est pas émise.',
    },
    other: 'Merci de regarder ces lignes.',
    rows: (rows, count) => `${count === 1 ? 'Ligne' : 'Lignes'} ${rows}`,
    more: (rows, more) => `Lignes ${rows} et ${more} autres`,
    show: 'Afficher ces lignes',
  },
}
