import type { Words } from '../words/language.tsx'

export type ShareWords = {
  readonly title: string
  readonly intro: string
  readonly introLinkedIn: string
  readonly shown: string
  readonly shownNone: string
  readonly alwaysShown: string
  readonly preview: string
  readonly hiddenNow: string
  readonly nothingHidden: string
  readonly ends: string
  readonly never: string
  readonly days30: string
  readonly year: string
  readonly onDate: string
  readonly date: string
  readonly dateMissing: string
  readonly make: string
  readonly making: string
  readonly ready: string
  readonly readyMore: string
  readonly link: string
  readonly copy: string
  readonly back: string
  readonly shareVia: string
  readonly post: string
  readonly profile: string
  readonly mail: string
  readonly mailBody: string
  readonly code: string
  readonly embed: string
  readonly embedMore: string
  readonly embedCode: string
  readonly copyLines: string
  readonly existing: string
  readonly none: string
  readonly opened: { readonly one: string; readonly other: string; readonly never: string }
  readonly openedMore: string
  readonly made: string
  readonly until: string
  readonly noEnd: string
  readonly use: string
  readonly stop: string
  readonly stopAsk: string
  readonly keep: string
  readonly stopped: string
  readonly loading: string
  readonly again: string
  readonly troubles: Readonly<Record<string, string>>
  readonly otherTrouble: string
}

export const SHARE: Words<ShareWords> = {
  en: {
    title: 'Share this certificate',
    intro:
      'Choose what others see. The link that you get shows this and nothing else, and it stops working whenever you say so.',
    introLinkedIn:
      'LinkedIn shows a link to everyone. Choose what it is to show, make it, then add it to your profile; it stops working whenever you say so.',
    shown: 'What others see',
    shownNone: 'This certificate has nothing that can be hidden.',
    alwaysShown: 'The title, the issuer, the skills and the dates always show.',
    preview: 'Preview',
    hiddenNow: 'Hidden: {names}',
    nothingHidden: 'Nothing is hidden',
    ends: 'The link works',
    never: 'until I stop it',
    days30: 'for 30 days',
    year: 'for one year',
    onDate: 'until a date',
    date: 'Last day',
    dateMissing: 'Choose a day after today.',
    make: 'Make the link',
    making: 'Checking and publishing…',
    ready: 'The link is ready',
    readyMore: 'Whoever opens it verifies the certificate in their own browser.',
    link: 'Link to share',
    copy: 'Copy the link',
    back: 'Make another link',
    shareVia: 'Share…',
    post: 'Post on LinkedIn',
    profile: 'Add to LinkedIn profile',
    mail: 'Send by e-mail',
    mailBody: 'My certificate, which can be verified here:',
    code: 'QR code of the link to share',
    embed: 'Show it on a website',
    embedMore: 'Put these lines where the certificate is to appear.',
    embedCode: 'Lines for the website',
    copyLines: 'Copy the lines',
    existing: 'Links that work now',
    none: 'No link works at the moment.',
    opened: { one: 'opened once', other: 'opened {count} times', never: 'not opened yet' },
    openedMore: 'Openings are counted without cookies or addresses: how often, never by whom.',
    made: 'Made on {date}',
    until: 'until {date}',
    noEnd: 'no end date',
    use: 'Use this link',
    stop: 'Stop sharing',
    stopAsk: 'Whoever has this link will see nothing any more. This cannot be undone.',
    keep: 'Keep it',
    stopped: 'The link does not work any more.',
    loading: 'Looking for your links…',
    again: 'Try again',
    troubles: {
      unreachable: 'The issuer’s server does not answer. Nothing was changed. Try again.',
      unavailable:
        'The certificate could not be checked just now, and only what is checked is published. Try again in a minute.',
      busy: 'Too many ask at the moment. Try again in a minute.',
      'rate-limited': 'Too many requests in a short time. Try again in a minute.',
      conflict: '20 links work already, the most there can be. Stop one of them first.',
      gone: 'The issuer has erased this certificate: it cannot be shared any more.',
      unprocessable: 'This certificate is not valid at the moment, so it cannot be shared.',
      'not-found': 'This link to the certificate was replaced. Use the newest one.',
    },
    otherTrouble: 'This did not work ({code}). Nothing was changed. Try again.',
  },
  fr: {
    title: 'Partager ce certificat',
    intro:
      'Choisissez ce que les autres voient. Le lien obtenu montre cela et rien d’autre, et cesse de fonctionner dès que vous le décidez.',
    introLinkedIn:
      'LinkedIn montre un lien à tout le monde. Choisissez ce qu’il doit montrer, créez-le, puis ajoutez-le à votre profil ; il cesse de fonctionner dès que vous le décidez.',
    shown: 'Ce que les autres voient',
    shownNone: 'Rien ne peut être masqué dans ce certificat.',
    alwaysShown: 'Le titre, l’émetteur, les compétences et les dates restent visibles.',
    preview: 'Aperçu',
    hiddenNow: 'Masqué : {names}',
    nothingHidden: 'Rien n’est masqué',
    ends: 'Le lien fonctionne',
    never: 'jusqu’à ce que je l’arrête',
    days30: 'pendant 30 jours',
    year: 'pendant un an',
    onDate: 'jusqu’à une date',
    date: 'Dernier jour',
    dateMissing: 'Choisissez un jour après aujourd’hui.',
    make: 'Créer le lien',
    making: 'Vérification et publication…',
    ready: 'Le lien est prêt',
    readyMore: 'Qui l’ouvre vérifie le certificat dans son propre navigateur.',
    link: 'Lien à partager',
    copy: 'Copier le lien',
    back: 'Créer un autre lien',
    shareVia: 'Partager…',
    post: 'Publier sur LinkedIn',
    profile: 'Ajouter au profil LinkedIn',
    mail: 'Envoyer par courriel',
    mailBody: 'Mon certificat, vérifiable ici :',
    code: 'Code QR du lien à partager',
    embed: 'L’afficher sur un site',
    embedMore: 'Insérez ces lignes là où le certificat doit apparaître.',
    embedCode: 'Lignes pour le site',
    copyLines: 'Copier les lignes',
    existing: 'Liens qui fonctionnent',
    none: 'Aucun lien ne fonctionne pour le moment.',
    opened: { one: 'ouvert une fois', other: 'ouvert {count} fois', never: 'pas encore ouvert' },
    openedMore: 'Les ouvertures sont comptées sans cookie ni adresse : combien, jamais par qui.',
    made: 'Créé le {date}',
    until: 'jusqu’au {date}',
    noEnd: 'sans date de fin',
    use: 'Utiliser ce lien',
    stop: 'Arrêter le partage',
    stopAsk: 'Qui possède ce lien ne verra plus rien. C’est sans retour.',
    keep: 'Le garder',
    stopped: 'Le lien ne fonctionne plus.',
    loading: 'Recherche de vos liens…',
    again: 'Réessayer',
    troubles: {
      unreachable: 'Le serveur de l’émetteur ne répond pas. Rien n’a changé. Réessayez.',
      unavailable:
        'Le certificat n’a pas pu être vérifié à l’instant, et seul ce qui est vérifié est publié. Réessayez dans une minute.',
      busy: 'Trop de demandes en ce moment. Réessayez dans une minute.',
      'rate-limited': 'Trop de demandes en peu de temps. Réessayez dans une minute.',
      conflict: '20 liens fonctionnent déjà, le maximum. Arrêtez d’abord l’un d’eux.',
      gone: 'L’émetteur a effacé ce certificat : il ne peut plus être partagé.',
      unprocessable:
        'Ce certificat n’est pas valide en ce moment, il ne peut donc pas être partagé.',
      'not-found': 'Ce lien vers le certificat a été remplacé. Utilisez le plus récent.',
    },
    otherTrouble: 'Cela n’a pas fonctionné ({code}). Rien n’a changé. Réessayez.',
  },
}

/** Why something was not done, in a sentence. */
export function troubleOf(words: ShareWords, code: string): string {
  const known = Object.hasOwn(words.troubles, code) ? words.troubles[code] : undefined
  return known ?? words.otherTrouble.replace('{code}', code)
}
