import type { Words } from '../../words/language.tsx'

type ResealWords = {
  readonly title: string
  readonly will: string
  readonly stays: string
  readonly mail: (address: string) => string
  readonly noAddress: string
  readonly verb: string
  readonly doneTitle: string
  readonly done: string
  readonly hidden: string
  readonly link: string
  readonly copy: string
  readonly once: string
}

export const RESEAL: Words<ResealWords> = {
  en: {
    title: 'Replace the link',
    will: 'The certificate gets a new link. The old one opens nothing any more, at once and for good.',
    stays: 'What was read or copied through the old link stays with whoever did.',
    mail: (address) => `Send the new link to ${address}`,
    noAddress: 'No e-mail address of this learner is known: the new link is shown here, once.',
    verb: 'Replace the link',
    doneTitle: 'The link is replaced',
    done: 'The old link opens nothing any more.',
    hidden: 'The key that is signed in may not read links, so the new one is not shown.',
    link: 'New link of the learner',
    copy: 'Copy the link',
    once: 'It is shown here once. Whoever has it reads the certificate.',
  },
  fr: {
    title: 'Remplacer le lien',
    will: 'Le certificat reçoit un nouveau lien. L’ancien n’ouvre plus rien, aussitôt et définitivement.',
    stays: 'Ce qui a été lu ou copié par l’ancien lien reste chez qui l’a fait.',
    mail: (address) => `Envoyer le nouveau lien à ${address}`,
    noAddress:
      'Aucune adresse électronique de cet apprenant n’est connue : le nouveau lien s’affiche ici, une fois.',
    verb: 'Remplacer le lien',
    doneTitle: 'Le lien est remplacé',
    done: 'L’ancien lien n’ouvre plus rien.',
    hidden: 'La clé connectée ne peut pas lire les liens : le nouveau n’est pas affiché.',
    link: 'Nouveau lien de l’apprenant',
    copy: 'Copier le lien',
    once: 'Il s’affiche ici une seule fois. Qui l’a peut lire le certificat.',
  },
}
