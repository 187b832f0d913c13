import type { Words } from '../words/language.tsx'
import type { WhyNothing } from './reading.ts'

type Result = {
  readonly title: string
  readonly text: string
  readonly progress: string
  readonly remove: string
  readonly clear: string
  readonly waiting: string
  readonly opening: string
  readonly checking: string
  readonly openHolder: string
  readonly openShare: string
  readonly open: string
  readonly again: string
  readonly retry: string
  readonly nothingHere: string
  readonly nothing: Readonly<Record<WhyNothing, string>>
  readonly brokenReport: string
  readonly brokenPolicy: string
  readonly policyFound: string
  readonly policySays: string
  readonly usePolicy: string
  readonly replayTitle: string
  readonly replaySame: string
  readonly replayDiffers: string
  readonly reportDiffers: string
  readonly replayTrust: string
  readonly checkNow: string
  readonly noProvider: string
  readonly unknownHome: string
  readonly addProvider: string
  readonly otherPolicy: string
  readonly keepReport: string
  readonly keepVerdict: string
  readonly verdict: string
  readonly notShown: string
  readonly erased: string
  readonly erasedOn: string
  readonly replaced: string
  readonly replacedOn: string
  readonly successor: string
  readonly followOn: string
  readonly unreachable: string
  readonly damaged: string
  readonly withdrawn: string
  readonly printTitle: string
  readonly foot: string
  readonly footAlone: string
}

export const RESULT: Words<Result> = {
  en: {
    title: 'Results',
    text: 'A text',
    progress: '{done} of {count} checked',
    remove: 'Remove',
    clear: 'Remove all',
    waiting: 'Waiting',
    opening: 'Opening…',
    checking: 'Reading the proof and asking {count} independent providers…',
    openHolder:
      'This link leads to {host}. To open it, this page asks {host} for the sealed certificate, and nobody else. The secret in the link stays here.',
    openShare:
      'This link leads to {host}. This page asks {host}, and nobody else, for what is shown there.',
    open: 'Ask {host}',
    again: 'Check again',
    retry: 'Try again',
    nothingHere: 'Nothing to check',
    nothing: {
      empty: 'There is nothing in it.',
      'too-large': 'It is larger than anything that a certificate stands in.',
      'other-address':
        'This address leads to no certificate. A link to one looks like https://…/c/…#… or https://…/s/…, in full.',
      'no-certificate':
        'No certificate was found in it. This page reads JSON, PNG, SVG, PDF, and pictures of QR codes.',
      'no-certificate-in-picture':
        'This picture carries no certificate, and no QR code of one could be read in it. A sharper picture, closer to the code, may help.',
      'no-certificate-in-pdf':
        'This PDF carries no certificate. One that was printed or saved anew has lost it: the file as it was downloaded is needed.',
      'pdf-encrypted': 'This PDF is locked with a password, so what it carries cannot be read.',
    },
    brokenReport: 'This report cannot be read.',
    brokenPolicy: 'This policy cannot be read.',
    policyFound: 'A policy: {name}',
    policySays:
      'It says whom to trust. Use it only where it comes from somebody who is trusted to say so.',
    usePolicy: 'Judge by this policy',
    replayTitle: 'A saved report, judged again',
    replaySame:
      'Its verdict of {time} follows from what that verifier saw. The chain was not asked again.',
    replayDiffers:
      'The verdict that it states does not follow from what it holds. Below stands what follows.',
    reportDiffers: 'Contradicts itself',
    replayTrust: 'Its policy ({name}) and its evidence are the word of whoever made the report.',
    checkNow: 'Check the certificate now',
    noProvider: 'The policy names nobody to ask about this network (chain {chain}).',
    unknownHome: 'The policy does not know the network of this certificate (chain {chain}).',
    addProvider: 'Choose whom to ask',
    otherPolicy: 'Choose another policy',
    keepReport: 'Save report',
    keepVerdict: 'Save verdict',
    verdict: 'the verdict as JSON',
    notShown:
      'What the document says is shown so that it can be told apart. None of it is confirmed.',
    erased: 'Erased by its issuer, as {host} reports. Nothing is left there to check.',
    erasedOn: 'Erased by its issuer on {date}, as {host} reports. Nothing is left there to check.',
    replaced: 'Another link or a corrected certificate took its place, as {host} reports.',
    replacedOn:
      'Another link or a corrected certificate took its place on {date}, as {host} reports.',
    successor: 'Its issuer’s server leads to a certificate that takes its place.',
    followOn: 'Check the new certificate',
    unreachable:
      '{host} did not answer. Nothing is wrong with the certificate as far as we could see. Try again.',
    damaged:
      'What {host} gave does not open with this link. The link may be cut short: it is needed in full.',
    withdrawn: 'Nothing is shown at this address any more.',
    printTitle: 'Verification report',
    foot: 'Checked on {time} by the policy “{policy}”. Verify it at {address}, with the file of the certificate.',
    footAlone: 'Checked on {time} by the policy “{policy}”.',
  },
  fr: {
    title: 'Résultats',
    text: 'Un texte',
    progress: '{done} sur {count} vérifiés',
    remove: 'Retirer',
    clear: 'Tout retirer',
    waiting: 'En attente',
    opening: 'Ouverture…',
    checking: 'Lecture de la preuve, {count} fournisseurs indépendants interrogés…',
    openHolder:
      'Ce lien mène à {host}. Pour l’ouvrir, cette page demande le certificat scellé à {host}, et à personne d’autre. Le secret du lien reste ici.',
    openShare:
      'Ce lien mène à {host}. Cette page demande à {host}, et à personne d’autre, ce qui y est montré.',
    open: 'Interroger {host}',
    again: 'Vérifier à nouveau',
    retry: 'Réessayer',
    nothingHere: 'Rien à vérifier',
    nothing: {
      empty: 'Il n’y a rien dedans.',
      'too-large': 'C’est plus grand que tout ce qui peut contenir un certificat.',
      'other-address':
        'Cette adresse ne mène à aucun certificat. Un tel lien ressemble à https://…/c/…#… ou https://…/s/…, en entier.',
      'no-certificate':
        'Aucun certificat n’y a été trouvé. Cette page lit JSON, PNG, SVG, PDF et les images de codes QR.',
      'no-certificate-in-picture':
        'Cette image ne porte aucun certificat, et aucun code QR menant à un certificat n’a pu y être lu. Une image plus nette, plus proche du code, peut aider.',
      'no-certificate-in-pdf':
        'Ce PDF ne porte aucun certificat. Un PDF imprimé ou enregistré à nouveau l’a perdu : il faut le fichier tel qu’il a été téléchargé.',
      'pdf-encrypted':
        'Ce PDF est protégé par un mot de passe : ce qu’il porte ne peut pas être lu.',
    },
    brokenReport: 'Ce rapport ne peut pas être lu.',
    brokenPolicy: 'Cette politique ne peut pas être lue.',
    policyFound: 'Une politique : {name}',
    policySays:
      'Elle dit à qui se fier. À n’utiliser que si elle vient de quelqu’un à qui l’on s’en remet pour cela.',
    usePolicy: 'Juger selon cette politique',
    replayTitle: 'Un rapport enregistré, jugé à nouveau',
    replaySame:
      'Son verdict du {time} découle de ce que ce vérificateur a vu. La chaîne n’a pas été interrogée à nouveau.',
    replayDiffers:
      'Le verdict qu’il énonce ne découle pas de ce qu’il contient. Ci-dessous, ce qui en découle.',
    reportDiffers: 'Se contredit',
    replayTrust: 'Sa politique ({name}) et ses preuves sont la parole de qui a fait le rapport.',
    checkNow: 'Vérifier le certificat maintenant',
    noProvider: 'La politique ne nomme personne à interroger sur ce réseau (chaîne {chain}).',
    unknownHome: 'La politique ne connaît pas le réseau de ce certificat (chaîne {chain}).',
    addProvider: 'Choisir qui interroger',
    otherPolicy: 'Choisir une autre politique',
    keepReport: 'Enregistrer le rapport',
    keepVerdict: 'Enregistrer le verdict',
    verdict: 'le verdict en JSON',
    notShown:
      'Ce que dit le document est montré pour qu’on le reconnaisse. Rien n’en est confirmé.',
    erased: 'Effacé par son émetteur, selon {host}. Il n’y reste rien à vérifier.',
    erasedOn: 'Effacé par son émetteur le {date}, selon {host}. Il n’y reste rien à vérifier.',
    replaced: 'Un autre lien ou un certificat corrigé a pris sa place, selon {host}.',
    replacedOn: 'Un autre lien ou un certificat corrigé a pris sa place le {date}, selon {host}.',
    successor: 'Le serveur de l’émetteur mène à un certificat qui prend sa place.',
    followOn: 'Vérifier le nouveau certificat',
    unreachable:
      '{host} n’a pas répondu. Rien d’anormal n’a été constaté sur le certificat. Réessayez.',
    damaged:
      'Ce que {host} a donné ne s’ouvre pas avec ce lien. Il est peut-être coupé : il le faut en entier.',
    withdrawn: 'Plus rien n’est montré à cette adresse.',
    printTitle: 'Rapport de vérification',
    foot: 'Contrôlé le {time} selon la politique « {policy} ». À vérifier sur {address}, avec le fichier du certificat.',
    footAlone: 'Contrôlé le {time} selon la politique « {policy} ».',
  },
}
