import type { Words } from '../words/language.tsx'

type NowhereWords = {
  readonly pageTitle: string
  readonly title: string
  readonly cut: string
  readonly private: string
  readonly home: string
  readonly verify: string
}

export const NOWHERE: Words<NowhereWords> = {
  en: {
    pageTitle: 'No page here · Inaltera',
    title: 'There is no page at this address',
    cut: 'The address may have been cut short or mistyped.',
    private: 'Looking for a certificate? Open its link from the message it came in, in full.',
    home: 'Go to the home page',
    verify: 'Verify a certificate',
  },
  fr: {
    pageTitle: 'Aucune page ici · Inaltera',
    title: 'Il n’y a pas de page à cette adresse',
    cut: 'L’adresse a peut-être été coupée ou mal saisie.',
    private:
      'Vous cherchez un certificat\u202f? Ouvrez son lien, en entier, depuis le message qui l’accompagnait.',
    home: 'Aller à l’accueil',
    verify: 'Vérifier un certificat',
  },
}
