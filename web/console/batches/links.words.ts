import type { Words } from '../../words/language.tsx'

type LinksWords = {
  readonly title: string
  readonly what: string
  readonly once: string
  readonly left: (count: number) => string
  readonly download: string
  readonly busy: string
  readonly again: string
  readonly againTitle: string
  readonly againWhat: string
  readonly mayNot: string
  readonly permanent: string
  readonly forget: string
  readonly forgetTitle: string
  readonly forgetWhat: string
  readonly delivered: string
}

/** Of the links to hand out. */
export const LINKS: Words<LinksWords> = {
  en: {
    title: 'Links to hand out',
    what: 'Each learner’s private link, in a table that a spreadsheet opens. Whoever has a link can open and share that certificate.',
    once: 'They are given out once without question: keep the file in a safe place.',
    left: (count) =>
      count === 1 ? 'Downloaded once already.' : `Downloaded ${count} times already.`,
    download: 'Download the links',
    busy: 'One moment…',
    again: 'Download again',
    againTitle: 'Download the links again',
    againWhat:
      'The links were downloaded before. A second copy is one more that can get lost. The log of this server notes who downloads it.',
    mayNot: 'This key may not read links. It needs the right “links:read”.',
    permanent:
      'These links are permanent. Once they are in safe hands, this server can forget what they are made of.',
    forget: 'The links are handed out',
    forgetTitle: 'Forget these links',
    forgetWhat:
      'This server forgets what these links are made of. Nobody can make them again, this server neither. A learner who loses a link loses it for good.',
    delivered: 'These permanent links were handed out. Nobody can make them again.',
  },
  fr: {
    title: 'Liens à remettre',
    what: 'Le lien privé de chaque apprenant, dans un tableau qu’ouvre un tableur. Qui a un lien peut ouvrir et partager ce certificat.',
    once: 'Ils sont donnés une fois sans question : garder le fichier en lieu sûr.',
    left: (count) =>
      count === 1 ? 'Déjà téléchargés une fois.' : `Déjà téléchargés ${count} fois.`,
    download: 'Télécharger les liens',
    busy: 'Un instant…',
    again: 'Télécharger à nouveau',
    againTitle: 'Télécharger les liens à nouveau',
    againWhat:
      'Les liens ont déjà été téléchargés. Une deuxième copie est une de plus qui peut se perdre. Le journal de ce serveur note qui la télécharge.',
    mayNot: 'Cette clé ne permet pas de lire les liens. Il lui faut le droit « links:read ».',
    permanent:
      'Ces liens sont permanents. Une fois en mains sûres, ce serveur peut oublier de quoi ils sont faits.',
    forget: 'Les liens sont remis',
    forgetTitle: 'Oublier ces liens',
    forgetWhat:
      'Ce serveur oublie de quoi ces liens sont faits. Personne ne peut les refaire, ce serveur non plus. Un apprenant qui perd son lien le perd pour toujours.',
    delivered: 'Ces liens permanents ont été remis. Personne ne peut les refaire.',
  },
}
