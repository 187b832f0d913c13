import type { Words } from '../words/language.tsx'

type Settings = {
  readonly title: string
  readonly policy: string
  readonly change: string
  readonly done: string
  readonly chosenBySite: string
  readonly builtIn: string
  readonly builtInSays: string
  readonly site: string
  readonly siteSays: string
  readonly siteMissing: string
  readonly own: string
  readonly ownSays: string
  readonly load: string
  readonly notAPolicy: string
  readonly where: string
  readonly keep: string
  readonly kept: string
  readonly notKept: string
  readonly asks: string
  readonly asksNobody: string
  readonly digest: string
  readonly providers: string
  readonly providersSay: string
  readonly chain: string
  readonly quorum: string
  readonly apply: string
  readonly applied: string
  readonly changed: string
  readonly undo: string
  readonly more: string
  readonly asOf: string
  readonly asOfSays: string
  readonly offline: string
  readonly offlineSays: string
}

export const SETTINGS: Words<Settings> = {
  en: {
    title: 'Whom to trust',
    policy: 'Checked by the policy',
    change: 'Change',
    done: 'Done',
    chosenBySite: 'Chosen by this site',
    builtIn: 'Public test networks',
    builtInSays: 'Built into this page. It trusts no issuer by itself, and names nobody to ask.',
    site: 'The policy of this site',
    siteSays:
      'Whom it trusts is what this site says. To rest on nobody but yourself, load a policy of your own.',
    siteMissing: 'This site gives no policy.',
    own: 'A policy of your own',
    ownSays: 'A file that says which issuers and accreditors are trusted, and who is asked.',
    load: 'Load a policy file',
    notAPolicy: 'This file is no policy.',
    where: 'Where:',
    keep: 'Keep it in this browser',
    kept: 'The policy is kept in this browser.',
    notKept: 'This browser keeps nothing.',
    asks: 'May ask',
    asksNobody: 'nobody: no provider is named',
    digest: 'SHA-256 of the policy',
    providers: 'Who is asked',
    providersSay: 'One address on each line, https, or http on this machine.',
    chain: 'chain',
    quorum: 'How many must agree',
    apply: 'Use these providers',
    applied: 'These providers are asked from now on.',
    changed: 'The providers were changed here.',
    undo: 'Take the policy’s own',
    more: 'Another moment',
    asOf: 'As of',
    asOfSays: 'The start of this day (UTC) is judged instead of now.',
    offline: 'Judge evidence files by themselves',
    offlineSays: 'Nobody is asked; the policy must list the block that the file speaks of.',
  },
  fr: {
    title: 'À qui se fier',
    policy: 'Vérifié selon la politique',
    change: 'Changer',
    done: 'Terminé',
    chosenBySite: 'Choisie par ce site',
    builtIn: 'Réseaux d’essai publics',
    builtInSays:
      'Intégrée à cette page. Elle ne se fie à aucun émetteur par elle-même et ne nomme personne à interroger.',
    site: 'La politique de ce site',
    siteSays:
      'À qui elle se fie est le choix de ce site. Pour ne dépendre de personne, charger sa propre politique.',
    siteMissing: 'Ce site ne donne pas de politique.',
    own: 'Sa propre politique',
    ownSays: 'Un fichier qui dit à quels émetteurs et accréditeurs se fier, et qui interroger.',
    load: 'Charger un fichier de politique',
    notAPolicy: 'Ce fichier n’est pas une politique.',
    where: 'Où :',
    keep: 'La garder dans ce navigateur',
    kept: 'La politique est gardée dans ce navigateur.',
    notKept: 'Ce navigateur ne garde rien.',
    asks: 'Peut interroger',
    asksNobody: 'personne : aucun fournisseur n’est nommé',
    digest: 'SHA-256 de la politique',
    providers: 'Qui est interrogé',
    providersSay: 'Une adresse par ligne, https, ou http sur cette machine.',
    chain: 'chaîne',
    quorum: 'Combien doivent concorder',
    apply: 'Prendre ces fournisseurs',
    applied: 'Ces fournisseurs sont interrogés désormais.',
    changed: 'Les fournisseurs ont été changés ici.',
    undo: 'Reprendre ceux de la politique',
    more: 'Un autre moment',
    asOf: 'Au',
    asOfSays: 'Le début de ce jour (UTC) est jugé au lieu de maintenant.',
    offline: 'Juger les dossiers de preuves par eux-mêmes',
    offlineSays:
      'Personne n’est interrogé ; la politique doit citer le bloc dont parle le dossier.',
  },
}
