import type { Words } from '../words/words.ts'

type PictureWords = {
  readonly hint: (kib: number) => string
  readonly alt: (label: string) => string
  readonly wrongType: string
  readonly tooLarge: (kib: number) => string
  readonly choose: string
  readonly other: string
  readonly none: string
}

export const PICTURE: Words<PictureWords> = {
  en: {
    hint: (kib) => `PNG or SVG, up to ${kib} kB; best on a transparent ground.`,
    alt: (label) => `${label}, as chosen`,
    wrongType: 'A picture is a PNG or an SVG.',
    tooLarge: (kib) => `This file has more than ${kib} kB.`,
    choose: 'Choose a file',
    other: 'Another file',
    none: 'No picture',
  },
  fr: {
    hint: (kib) => `PNG ou SVG, ${kib} ko au plus\u202f; de préférence sur fond transparent.`,
    alt: (label) => `${label}, tel que choisi`,
    wrongType: 'Une image est un PNG ou un SVG.',
    tooLarge: (kib) => `Ce fichier dépasse ${kib} ko.`,
    choose: 'Choisir un fichier',
    other: 'Un autre fichier',
    none: 'Sans image',
  },
}
