import { catalogueOf } from '../../src/index.ts'
import type { Words } from './words.ts'

export const fr: Words = {
  catalogue: catalogueOf('fr'),
  unavailable: {
    unreachable: 'Injoignable.',
    timeout: 'Pas de réponse à temps.',
    refused: 'Refusé.',
    'bad-answer': 'La réponse n’est pas celle attendue.',
    'not-found': 'Rien sous ce lien : il est peut-être mal recopié, ou vient d’ailleurs.',
    erased: 'L’émetteur a effacé ce certificat.',
    replaced: 'Ce lien a été remplacé : demandez le nouveau à l’émetteur ou au titulaire.',
  },
  network: {
    main: 'réseau principal',
    test: 'RÉSEAU D’ESSAI : pas un certificat officiel',
    local: 'RÉSEAU LOCAL : qui l’exploite peut le réécrire ; pas un certificat officiel',
  },
  labels: {
    title: 'Intitulé',
    learner: 'Apprenant',
    issuer: 'Délivré par',
    hidden: 'Masqué',
    anchored: 'Ancré',
    block: 'Situation au',
    policy: 'Politique',
    notes: 'Remarques',
    nothing: 'rien',
    namedByPolicy: 'nommé par la politique',
    namedByAccreditation: 'nommé par une accréditation',
    namedByNobody: 'personne que cette politique connaisse',
    ownClaim: 'le document dit de lui-même',
    notVerified: 'non vérifié',
    at: (field) => `à ${field}`,
    blockAt: (number, time) => `bloc ${number}, ${time}`,
  },
  lint: {
    mandatory: 'Éléments obligatoires',
    optional: 'Éléments facultatifs',
    criteria: 'Critères d’une micro-certification',
    questions: 'Questions auxquelles vous seul pouvez répondre',
    complete: 'Le modèle est complet.',
    incomplete:
      'Il manque au modèle des éléments obligatoires ; sauf indication contraire, l’émission le refuse.',
    missingAt: (place) => `manque ; à sa place en ${place}`,
  },
  fileErrors: {
    ENOENT: 'il n’y a pas de tel fichier ni dossier',
    EACCES: 'ce n’est pas permis',
    EISDIR: 'c’est un dossier',
    ENOTDIR: 'une partie du chemin n’est pas un dossier',
    EEXIST: 'il existe déjà',
    ENOSPC: 'le disque est plein',
  },
  bug: 'C’est une faute d’inaltera même :',
  error: 'erreur :',
  badInput: (source, what, field) =>
    `${[source, field].filter((part) => part !== '').join(', à ')} : ${what}`,
  cannotRead: (path, why) => `${path} ne peut être lu : ${why}`,
  cannotWrite: (path, why) => `${path} ne peut être écrit : ${why}`,
  noPolicy: (folder) =>
    `aucune politique ne dit à qui se fier : donnez-en une par --policy, ou un dossier de données par --data (il n’y en a pas à ${folder})`,
  badLink: 'ce n’est pas un lien de titulaire (https://<hôte>/c/<CID>#<43 caractères>)',
  badAsOf: (text) =>
    `--as-of attend un jour (2026-06-12) ou un instant (2026-06-12T10:00:00Z), pas ${text}`,
  linkDoesNotOpen: 'Ce qu’a donné l’hôte du lien n’est pas le document de ce lien.',
  hideOrShow: 'donnez soit --hide, soit --show',
  noSuchClaim: (name, names) =>
    `${name} n’est pas une donnée que ce certificat permet de masquer ; ce sont : ${names}`,
  ownFile: 'la présentation écraserait le certificat lui-même',
  saved: (path) => `écrit dans ${path}`,
  presentation: (shown, hidden) => `montré : ${shown} ; masqué : ${hidden}`,
  fileOrReplay:
    'nommez un certificat (un fichier, - ou un lien), ou un rapport par --replay sans autre option',
  offlineNeedsBundle:
    '--offline attend un dossier de preuves ; ceci est un certificat seul (inaltera evidence en fait un)',
  noProof: 'aucun fournisseur n’a donné de preuve d’un bloc définitif ; rien n’a été écrit :',
  bundleSays: (outcome) => `ce qu’il contient à présent : ${outcome}`,
  checkpoint:
    'Pour le juger hors ligne, une politique doit compter ce bloc parmi les « checkpoints » de son registre :',
  replayOf: (time) =>
    `Reprise de ce que ce vérificateur a vu le ${time} ; la chaîne n’est pas consultée.`,
  replayTrust: (policy) =>
    `La politique (${policy}) et les preuves sont la parole de qui a fait le rapport ; vérifiez le certificat pour en savoir plus.`,
  replaySame: 'Le verdict en découle : c’est celui du rapport.',
  replayDiffers: 'Le verdict qui en découle N’EST PAS celui du rapport.',
}
