import type { Words } from '../words/language.tsx'

type Intake = {
  readonly drop: string
  readonly dropNow: string
  readonly kinds: string
  readonly choose: string
  readonly camera: string
  readonly paste: string
  readonly pasteHint: string
  readonly check: string
}

export const INTAKE: Words<Intake> = {
  en: {
    drop: 'Drop a certificate here',
    dropNow: 'Let go to check it',
    kinds:
      'The file that its holder keeps (JSON), a PDF or badge that carries it, an evidence file, a saved report, or a picture of a QR code.',
    choose: 'Choose files',
    camera: 'Use the camera',
    paste: 'Or paste a link, or the text of a certificate',
    pasteHint: 'https://…/c/…#… or https://…/s/…',
    check: 'Check',
  },
  fr: {
    drop: 'Déposer un certificat ici',
    dropNow: 'Relâcher pour vérifier',
    kinds:
      'Le fichier que garde son titulaire (JSON), un PDF ou un badge qui le porte, un dossier de preuves, un rapport enregistré, ou l’image d’un code QR.',
    choose: 'Choisir des fichiers',
    camera: 'Utiliser la caméra',
    paste: 'Ou coller un lien, ou le texte d’un certificat',
    pasteHint: 'https://…/c/…#… ou https://…/s/…',
    check: 'Vérifier',
  },
}
