import type { Words } from '../words/language.tsx'

type PageWords = {
  readonly title: string
  readonly fetching: string
  readonly asking: string
  readonly askingOne: string
  readonly noSecretTitle: string
  readonly noSecret: string
  readonly damagedTitle: string
  readonly damaged: string
  readonly replaced: string
  readonly replacedOn: string
  readonly toSuccessor: string
  readonly retry: string
  readonly networks: Readonly<Record<'test' | 'local', string>>
  readonly foot: string
  readonly privateTitle: string
  readonly private: string
  readonly link: string
  readonly copyLink: string
}

export const PAGE: Words<PageWords> = {
  en: {
    title: 'Certificate · Inaltera',
    fetching: 'Fetching the certificate, and opening it on this device…',
    asking: 'Asking {count} independent providers what the public register says…',
    askingOne: 'Asking the provider what the public register says…',
    noSecretTitle: 'A part of the link is missing',
    noSecret:
      'The address of a certificate goes on after a # sign, and that part opens it. It is in the message with which the certificate came: please open the link from there, in full.',
    damagedTitle: 'This link is not complete',
    damaged:
      'Some letters of the link are missing or were changed, as happens when a line is broken in two. Please open it from the message with which the certificate came.',
    replaced: 'The issuer corrected it. The new certificate takes its place.',
    replacedOn: 'The issuer corrected it on {date}. The new certificate takes its place.',
    toSuccessor: 'Open the new certificate',
    retry: 'Try again',
    networks: {
      test: 'On a test network: not an official certificate.',
      local: 'On a local network, which its operator can rewrite: not an official certificate.',
    },
    foot: 'Checked on {time}. Verify it at {address}, with the file of the certificate.',
    privateTitle: 'This page is private',
    private:
      'Only who has the link can open it, and this browser remembers the link: on a shared computer, open it in a private window. To show the certificate to others, share it: they see what is chosen for them, and not this page.',
    link: 'Private link',
    copyLink: 'Copy my private link',
  },
  fr: {
    title: 'Certificat · Inaltera',
    fetching: 'Le certificat est récupéré, puis ouvert sur cet appareil…',
    asking: '{count} fournisseurs indépendants sont interrogés sur ce que dit le registre public…',
    askingOne: 'Le fournisseur est interrogé sur ce que dit le registre public…',
    noSecretTitle: 'Il manque une partie du lien',
    noSecret:
      'L’adresse d’un certificat continue après le signe #, et c’est cette partie qui l’ouvre. Elle se trouve dans le message qui accompagnait le certificat : ouvrez le lien depuis ce message, en entier.',
    damagedTitle: 'Ce lien n’est pas complet',
    damaged:
      'Des lettres du lien manquent ou ont changé, comme lorsqu’une ligne est coupée en deux. Ouvrez-le depuis le message qui accompagnait le certificat.',
    replaced: 'L’émetteur l’a corrigé. Le nouveau certificat le remplace.',
    replacedOn: 'L’émetteur l’a corrigé le {date}. Le nouveau certificat le remplace.',
    toSuccessor: 'Ouvrir le nouveau certificat',
    retry: 'Réessayer',
    networks: {
      test: 'Sur un réseau de test : certificat non officiel.',
      local: 'Sur un réseau local, que son opérateur peut réécrire : certificat non officiel.',
    },
    foot: 'Contrôlé le {time}. À vérifier sur {address}, avec le fichier du certificat.',
    privateTitle: 'Cette page est privée',
    private:
      'Seul qui a le lien peut l’ouvrir, et ce navigateur retient le lien : sur un ordinateur partagé, ouvrez-le dans une fenêtre privée. Pour montrer le certificat, partagez-le : les autres voient ce qui est choisi pour eux, et non cette page.',
    link: 'Lien privé',
    copyLink: 'Copier mon lien privé',
  },
}
