/** What can be wrong with a file, a row or a cell (`server/rows/problems.ts`, `src/credential/cells.ts`), in words. */
import type { Words } from '../../../words/language.tsx'

type RowWords = {
  /** By the code of the problem. */
  readonly codes: Readonly<Record<string, string>>
  /** By the reason of a `bad-value`. */
  readonly cells: Readonly<Record<string, string>>
  readonly duplicate: (first: string) => string
  readonly other: (code: string) => string
}

export const ROW_PROBLEMS: Words<RowWords> = {
  en: {
    codes: {
      'not-utf8': 'Not readable as UTF-8. Save the file as “CSV UTF-8”.',
      'not-csv': 'From here on the file is no readable CSV. A quotation mark may be missing.',
      'not-xlsx': 'This workbook cannot be read. Save it again as .xlsx, or as CSV.',
      'not-json': 'This file is no table.',
      'unpacked-too-large': 'This workbook is too large once unpacked. Save it as CSV.',
      'file-too-large': 'The file is larger than 512 MB.',
      'line-too-long': 'A line is too long. A quotation mark may be missing.',
      'cell-too-long': 'More than 10,000 characters',
      'too-many-rows': 'More rows than one batch takes. Divide the file.',
      'too-many-columns': 'More than 200 columns. Remove those that are not needed.',
      'no-rows': 'The file has a header and no rows.',
      'no-header': 'The file is empty.',
      'empty-column-name': 'A column has no name in the first line.',
      'forbidden-column': 'A column has a name that cannot be used.',
      'duplicate-column': 'A column stands in the file twice.',
      'missing-column': 'A column that the template needs is missing.',
      'unexpected-column': 'A column that the template does not know',
      'cell-count': 'Not as many cells as there are columns',
      'control-character': 'Holds a control character',
      'bad-cell': 'Cannot be read: an error or a number that is not exact',
      'bare-quote': 'A quotation mark stands alone. Write it twice, or remove it.',
    },
    cells: {
      'empty-cell': 'Must not be empty',
      'too-long': 'Too long',
      unprintable: 'Holds characters that cannot be printed',
      invisible: 'Holds nothing that can be seen',
      'several-lines': 'More than one line',
      'not-an-email': 'Not an e-mail address',
      'not-a-date': 'Not a date in the form that the template asks for',
      'not-a-number': 'Not a number',
      'ambiguous-percentage': 'A percentage or a fraction? Write it with its sign: 85%',
      'out-of-range': 'Out of the range of the scale',
      'below-required': 'Below what is required to pass',
      'not-allowed': 'Not one of the values that the template allows',
      'ends-before-start': 'Ends before it begins',
    },
    duplicate: (first) => `The same learner as in row ${first}`,
    other: (code) => `Cannot be taken (${code})`,
  },
  fr: {
    codes: {
      'not-utf8': 'Illisible en UTF-8. Enregistrer le fichier au format « CSV UTF-8 ».',
      'not-csv':
        'À partir d’ici, le fichier n’est plus un CSV lisible. Il manque peut-être un guillemet.',
      'not-xlsx': 'Ce classeur est illisible. L’enregistrer de nouveau en .xlsx, ou en CSV.',
      'not-json': 'Ce fichier n’est pas un tableau.',
      'unpacked-too-large':
        'Ce classeur est trop volumineux une fois décompressé. L’enregistrer en CSV.',
      'file-too-large': 'Le fichier dépasse 512 Mo.',
      'line-too-long': 'Une ligne est trop longue. Il manque peut-être un guillemet.',
      'cell-too-long': 'Plus de 10 000 caractères',
      'too-many-rows': 'Plus de lignes que n’en prend un lot. Partager le fichier.',
      'too-many-columns': 'Plus de 200 colonnes. Retirer celles qui ne servent pas.',
      'no-rows': 'Le fichier a un en-tête et aucune ligne.',
      'no-header': 'Le fichier est vide.',
      'empty-column-name': 'Une colonne n’a pas de nom sur la première ligne.',
      'forbidden-column': 'Une colonne porte un nom qui ne peut pas servir.',
      'duplicate-column': 'Une colonne figure deux fois dans le fichier.',
      'missing-column': 'Une colonne dont le modèle a besoin est absente.',
      'unexpected-column': 'Une colonne que le modèle ne connaît pas',
      'cell-count': 'Pas autant de cellules que de colonnes',
      'control-character': 'Contient un caractère de commande',
      'bad-cell': 'Illisible : une erreur, ou un nombre qui n’est pas exact',
      'bare-quote': 'Un guillemet est seul. L’écrire deux fois, ou le retirer.',
    },
    cells: {
      'empty-cell': 'Ne doit pas être vide',
      'too-long': 'Trop long',
      unprintable: 'Contient des caractères qui ne s’impriment pas',
      invisible: 'Ne contient rien de visible',
      'several-lines': 'Plus d’une ligne',
      'not-an-email': 'N’est pas une adresse électronique',
      'not-a-date': 'N’est pas une date dans la forme que demande le modèle',
      'not-a-number': 'N’est pas un nombre',
      'ambiguous-percentage': 'Pourcentage ou fraction ? L’écrire avec son signe : 85 %',
      'out-of-range': 'Hors de l’échelle de notes',
      'below-required': 'En dessous de ce qu’il faut pour réussir',
      'not-allowed': 'N’est pas une des valeurs que permet le modèle',
      'ends-before-start': 'Se termine avant de commencer',
    },
    duplicate: (first) => `Le même apprenant qu’à la ligne ${first}`,
    other: (code) => `Ne peut pas être pris (${code})`,
  },
}
