import type { Words } from '../words/language.tsx'

type Camera = {
  readonly title: string
  readonly aim: string
  readonly asking: string
  readonly refused: string
  readonly none: string
  readonly busy: string
}

export const CAMERA: Words<Camera> = {
  en: {
    title: 'Read a QR code',
    aim: 'Hold the code in front of the camera. The picture stays in this browser.',
    asking: 'Waiting for the camera…',
    refused:
      'The browser does not let this page use the camera. A picture of the code can be chosen as a file.',
    none: 'No camera was found. A picture of the code can be chosen as a file.',
    busy: 'The camera gives no picture: another program may be using it. A picture of the code can be chosen as a file.',
  },
  fr: {
    title: 'Lire un code QR',
    aim: 'Tenir le code devant la caméra. L’image reste dans ce navigateur.',
    asking: 'En attente de la caméra…',
    refused:
      'Le navigateur ne laisse pas cette page utiliser la caméra. Une image du code peut être choisie comme fichier.',
    none: 'Aucune caméra n’a été trouvée. Une image du code peut être choisie comme fichier.',
    busy: 'La caméra ne donne pas d’image : un autre programme l’utilise peut-être. Une image du code peut être choisie comme fichier.',
  },
}
