/** What a letter says, in each language. */

import type { Language } from '../../src/index.ts'
import type { MailPurpose } from '../storage/outbox.ts'

type LetterTexts = {
  readonly subject: (issuer: string) => string
  readonly greeting: (name: string | undefined) => string
  readonly about: Readonly<Record<MailPurpose, (issuer: string) => string>>
  readonly keep: string
  readonly verify: string
  readonly lost: (url: string) => string
}

const fr: LetterTexts = {
  subject: (issuer) => `Votre certificat – ${issuer}`,
  greeting: (name) => (name === undefined ? 'Bonjour,' : `Bonjour ${name},`),
  about: {
    issued: (issuer) => `${issuer} vous a délivré un certificat. Voici votre lien personnel :`,
    resent: (issuer) => `${issuer} vous envoie de nouveau le lien personnel de votre certificat :`,
    asked: (issuer) =>
      `Le lien de votre certificat délivré par ${issuer} a été demandé pour cette adresse. Le voici (si vous n'avez rien demandé, vous n'avez rien à faire) :`,
    resealed: (issuer) =>
      `${issuer} a remplacé le lien de votre certificat ; l'ancien ne l'ouvre plus. Voici le nouveau :`,
  },
  keep: "Gardez ce lien : il est à vous seul, et qui l'a peut lire votre certificat. Ouvrez-le, enregistrez le fichier du certificat en lieu sûr, et ne transférez ce message à personne ; pour montrer votre certificat, employez la présentation, où vous choisissez ce que l'on voit.",
  verify:
    'Votre certificat se vérifie sans nous faire confiance : son empreinte est ancrée dans une chaîne de blocs publique.',
  lost: (url) =>
    `Lien perdu, ou tombé en d'autres mains ? Demandez-le de nouveau à ${url} avec cette adresse, ou faites-le remplacer par l'organisme qui a délivré le certificat.`,
}

const en: LetterTexts = {
  subject: (issuer) => `Your certificate – ${issuer}`,
  greeting: (name) => (name === undefined ? 'Hello,' : `Hello ${name},`),
  about: {
    issued: (issuer) => `${issuer} has issued a certificate to you. This is your personal link:`,
    resent: (issuer) => `${issuer} sends you the personal link of your certificate once more:`,
    asked: (issuer) =>
      `The link of your certificate from ${issuer} was asked for with this address. Here it is (if you asked for nothing, there is nothing to do):`,
    resealed: (issuer) =>
      `${issuer} has replaced the link of your certificate; the earlier one does not open it any more. This is the new one:`,
  },
  keep: 'Keep this link: it is yours alone, and whoever has it can read your certificate. Open it, save the file of the certificate in a safe place, and forward this message to nobody; to show your certificate, make a presentation, in which you choose what is seen.',
  verify:
    'Your certificate can be verified without trusting us: its fingerprint is anchored in a blockchain.',
  lost: (url) =>
    `Lost the link, or did it get into other hands? Ask for it again at ${url} with this address, or have it replaced by the organisation that issued the certificate.`,
}

export const LETTER_TEXTS: Readonly<Record<Language, LetterTexts>> = { fr, en }
