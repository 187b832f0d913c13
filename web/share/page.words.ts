import type { Words } from '../words/language.tsx'

type PageWords = {
  readonly opening: string
  readonly asking: string
  readonly askingOne: string
  readonly goneTitle: string
  readonly gone: string
  readonly missingTitle: string
  readonly missing: string
  readonly awayTitle: string
  readonly away: string
  readonly retry: string
  readonly about: string
  readonly aboutMore: string
  readonly save: string
  readonly verify: string
  readonly openPage: string
  readonly foot: string
  readonly awarded: string
}

export const PAGE: Words<PageWords> = {
  en: {
    opening: 'Opening what is shared here…',
    asking: 'Asking {count} independent providers what the public register says…',
    askingOne: 'Asking the provider what the public register says…',
    goneTitle: 'No longer shared',
    gone: 'Whoever shared this certificate has ended it, or its time is over. The certificate itself may be as good as ever: ask for a new link.',
    missingTitle: 'There is nothing here',
    missing: 'No certificate is shared at this address. Check that the link is complete.',
    awayTitle: 'No answer',
    away: 'This site does not answer at the moment. Nothing is known of the certificate, good or bad.',
    retry: 'Try again',
    about: 'Shared by its holder',
    aboutMore:
      'This page shows what the holder chose to show, and verified it just now in this browser. What is hidden cannot be read from here by anyone.',
    save: 'Save the file',
    verify: 'Verify it elsewhere',
    openPage: 'Open and verify',
    foot: 'Verified on {time}. Shared at {address}.',
    awarded: 'Issued',
  },
  fr: {
    opening: 'Ouverture de ce qui est partagé ici…',
    asking: '{count} fournisseurs indépendants sont interrogés sur ce que dit le registre public…',
    askingOne: 'Le fournisseur est interrogé sur ce que dit le registre public…',
    goneTitle: 'Plus partagé',
    gone: 'Qui partageait ce certificat y a mis fin, ou la durée du partage est écoulée. Le certificat lui-même peut rester parfaitement bon : demandez un nouveau lien.',
    missingTitle: 'Il n’y a rien ici',
    missing: 'Aucun certificat n’est partagé à cette adresse. Vérifiez que le lien est complet.',
    awayTitle: 'Pas de réponse',
    away: 'Ce site ne répond pas pour le moment. Rien n’est connu du certificat, ni en bien ni en mal.',
    retry: 'Réessayer',
    about: 'Partagé par son titulaire',
    aboutMore:
      'Cette page montre ce que le titulaire a choisi de montrer, et vient de le vérifier dans ce navigateur. Ce qui est masqué ne peut être lu d’ici par personne.',
    save: 'Enregistrer le fichier',
    verify: 'Vérifier ailleurs',
    openPage: 'Ouvrir et vérifier',
    foot: 'Vérifié le {time}. Partagé sur {address}.',
    awarded: 'Émis le',
  },
}
