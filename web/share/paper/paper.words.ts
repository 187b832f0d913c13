import type { Words } from '../../words/language.tsx'

type PaperWords = {
  readonly scan: string
  readonly code: string
  readonly badge: string
  readonly logo: string
  readonly toVerify: string
  readonly verify: string
  readonly attached: string
  readonly attachment: string
  readonly foot: string
  readonly issuerUnknown: string
}

export const PAPER: Words<PaperWords> = {
  en: {
    scan: 'Scan to verify',
    code: 'QR code that leads to {address}',
    badge: 'Badge of this certificate',
    logo: 'Logo of the issuer',
    toVerify: 'How to verify it',
    verify:
      'Paper can be copied and changed; the certificate cannot. Scan the code, or open {address}. Whether it stands today, only that says.',
    attached:
      'The certificate itself is in this file, as an attachment: give this PDF to the verifier as it is.',
    attachment: 'The certificate, signed for by the public register',
    foot: '{title} · page {page} of {pages}',
    issuerUnknown: 'Issuer not recognised',
  },
  fr: {
    scan: 'À scanner pour vérifier',
    code: 'Code QR qui mène à {address}',
    badge: 'Badge de ce certificat',
    logo: 'Logo de l’émetteur',
    toVerify: 'Comment le vérifier',
    verify:
      'Un papier se copie et se modifie ; le certificat, non. Scannez le code, ou ouvrez {address}. Cela seul dit s’il est valable aujourd’hui.',
    attached:
      'Le certificat lui-même se trouve dans ce fichier, en pièce jointe : donnez ce PDF tel quel au vérificateur.',
    attachment: 'Le certificat, dont le registre public répond',
    foot: '{title} · page {page} sur {pages}',
    issuerUnknown: 'Émetteur non reconnu',
  },
}
