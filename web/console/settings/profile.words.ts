import type { Words } from '../../words/language.tsx'

type ProfileWords = {
  readonly title: string
  readonly lead: string
  readonly name: string
  readonly nameHint: string
  readonly nameMissing: string
  readonly nameKnown: (name: string) => string
  readonly url: string
  readonly colour: string
  readonly colourHint: string
  readonly pick: string
  readonly noColour: string
  readonly contrast: (ratio: string) => string
  readonly enough: string
  readonly darkened: (colour: string) => string
  readonly logo: string
  readonly linkedIn: string
  readonly linkedInHint: string
  readonly noLinkedIn: string
  readonly save: string
  readonly saving: string
  readonly saved: string
  readonly readOnly: string
  readonly sample: string
  readonly sampleTitle: string
  readonly sampleText: string
}

export const PROFILE: Words<ProfileWords> = {
  en: {
    title: 'How certificates look',
    lead: 'Previews of shares show changes at once; certificates, old ones as well, once the issuer’s own key has entered them in the register: inaltera deploy.',
    name: 'Name',
    nameHint: 'As the organisation calls itself.',
    nameMissing: 'A name is needed.',
    nameKnown: (name) =>
      `Verifiers see the name that the policy of this server gives the organisation: ${name}.`,
    url: 'Website',
    colour: 'Colour',
    colourHint: 'One colour for title and lines. It is darkened where it could not be read.',
    pick: 'Pick the colour',
    noColour: 'Six digits after #: #1d4d3e',
    contrast: (ratio) => `Contrast on paper: ${ratio} to 1.`,
    enough: 'It reads well.',
    darkened: (colour) => `Shown as ${colour}, so that it can be read.`,
    logo: 'Logo',
    linkedIn: 'LinkedIn page number',
    linkedInHint:
      'As in linkedin.com/company/1337. With it, the organisation’s logo stands beside its certificates on LinkedIn.',
    noLinkedIn: 'Digits alone: 1337',
    save: 'Save profile',
    saving: 'Saving…',
    saved: 'The profile is saved.',
    readOnly: 'The key that is signed in may not change the profile.',
    sample: 'Sample',
    sampleTitle: 'Title of the certificate',
    sampleText: 'Camille Martin',
  },
  fr: {
    title: 'L’aspect des certificats',
    lead: 'Les aperçus des partages montrent les changements aussitôt ; les certificats, même déjà émis, dès que la clé de l’émetteur les a inscrits au registre : inaltera deploy.',
    name: 'Nom',
    nameHint: 'Tel que l’organisme se nomme.',
    nameMissing: 'Un nom est nécessaire.',
    nameKnown: (name) =>
      `Les vérificateurs voient le nom que la politique de ce serveur donne à l’organisme\u202f: ${name}.`,
    url: 'Site web',
    colour: 'Couleur',
    colourHint:
      'Une couleur pour le titre et les filets. Elle est assombrie si elle n’est pas lisible.',
    pick: 'Choisir la couleur',
    noColour: 'Six chiffres après #\u202f: #1d4d3e',
    contrast: (ratio) => `Contraste sur papier\u202f: ${ratio.replace('.', ',')} pour 1.`,
    enough: 'Elle se lit bien.',
    darkened: (colour) => `Affichée en ${colour} pour rester lisible.`,
    logo: 'Logo',
    linkedIn: 'Numéro de la page LinkedIn',
    linkedInHint:
      'Comme dans linkedin.com/company/1337. Avec lui, le logo de l’organisme figure à côté de ses certificats sur LinkedIn.',
    noLinkedIn: 'Des chiffres seulement : 1337',
    save: 'Enregistrer le profil',
    saving: 'Enregistrement…',
    saved: 'Le profil est enregistré.',
    readOnly: 'La clé connectée ne permet pas de modifier le profil.',
    sample: 'Exemple',
    sampleTitle: 'Intitulé du certificat',
    sampleText: 'Camille Martin',
  },
}
