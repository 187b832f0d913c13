import type { Words } from '../words/language.tsx'

type ButtonWords = {
  readonly share: string
  readonly linkedIn: string
  readonly unavailable: string
  readonly pdf: string
  readonly pdfHint: string
  readonly png: string
  readonly pngHint: string
  readonly svg: string
  readonly svgHint: string
  readonly making: string
  readonly notMade: string
}

export const BUTTONS: Words<ButtonWords> = {
  en: {
    share: 'Share',
    linkedIn: 'Add to LinkedIn',
    unavailable: 'This part of the page did not arrive. Try again.',
    pdf: 'Paper (PDF)',
    pdfHint: 'Pages of A4 to print, with the certificate attached to the file.',
    png: 'Badge (PNG)',
    pngHint: 'An Open Badge for wallets and websites, with the certificate in it.',
    svg: 'Badge (SVG)',
    svgHint: 'The same as a drawing, sharp at any size.',
    making: 'Making the file…',
    notMade: 'The file could not be made. Try again.',
  },
  fr: {
    share: 'Partager',
    linkedIn: 'Ajouter à LinkedIn',
    unavailable: 'Cette partie de la page n’est pas arrivée. Réessayez.',
    pdf: 'Papier (PDF)',
    pdfHint: 'Des pages A4 à imprimer, avec le certificat joint au fichier.',
    png: 'Badge (PNG)',
    pngHint: 'Un Open Badge pour portefeuilles et sites, avec le certificat dedans.',
    svg: 'Badge (SVG)',
    svgHint: 'Le même en dessin, net à toute taille.',
    making: 'Création du fichier…',
    notMade: 'Le fichier n’a pas pu être créé. Réessayez.',
  },
}
