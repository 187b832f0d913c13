import type { Words } from '../words/language.tsx'

type ActionsWords = {
  readonly actions: string
  readonly download: string
  readonly json: string
  readonly jsonHint: string
  readonly bundle: string
  readonly bundleHint: string
  readonly noBundle: string
  readonly report: string
  readonly reportHint: string
}

export const ACTIONS: Words<ActionsWords> = {
  en: {
    actions: 'What can be done with this certificate',
    download: 'Download',
    json: 'Certificate (JSON)',
    jsonHint: 'The certificate itself: it can be verified without this site, for ever.',
    bundle: 'Certificate with evidence',
    bundleHint: 'Also what the register said today, for a time when nobody can be asked.',
    noBundle: 'There is no proven evidence to keep: the providers gave no proofs.',
    report: 'Verification report',
    reportHint: 'What was checked here and now, so that others can go through it again.',
  },
  fr: {
    actions: 'Ce que l’on peut faire de ce certificat',
    download: 'Télécharger',
    json: 'Certificat (JSON)',
    jsonHint: 'Le certificat lui-même : il se vérifie sans ce site, pour toujours.',
    bundle: 'Certificat avec preuves',
    bundleHint:
      'Avec ce que le registre disait aujourd’hui, pour le jour où personne ne pourra être interrogé.',
    noBundle: 'Il n’y a pas de preuves à conserver : les fournisseurs n’en ont pas donné.',
    report: 'Rapport de vérification',
    reportHint: 'Ce qui a été vérifié ici et maintenant, pour que d’autres puissent le refaire.',
  },
}
