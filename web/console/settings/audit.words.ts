import type { Words } from '../../words/words.ts'

type AuditWords = {
  readonly title: string
  readonly lead: string
  readonly search: string
  readonly action: string
  readonly every: string
  readonly none: string
  readonly at: string
  readonly actor: string
  readonly subject: string
  readonly digest: string
  readonly digestText: string
  readonly trouble: string
  readonly actors: {
    readonly cli: string
    readonly chain: string
    readonly journal: string
    readonly holder: string
  }
}

export const AUDIT: Words<AuditWords> = {
  en: {
    title: 'Audit log',
    lead: 'Who did what, newest first. Nothing can be changed here, nor taken out.',
    search: 'Search what is shown by key or number',
    action: 'What happened',
    every: 'Everything',
    none: 'Nothing of the kind.',
    at: 'When',
    actor: 'By',
    subject: 'What it is about',
    digest: 'Digest',
    digestText:
      'Each digest covers all entries before it. Whoever keeps one elsewhere can show later that nothing before it was changed.',
    trouble: 'Held up:',
    actors: {
      cli: 'At the terminal',
      chain: 'The network',
      journal: 'The server',
      holder: 'The learner',
    },
  },
  fr: {
    title: 'Journal d’audit',
    lead: 'Qui a fait quoi, du plus récent au plus ancien. Rien ne s’y modifie ni ne s’en retire.',
    search: 'Chercher dans ce qui est affiché, par clé ou numéro',
    action: 'Événement',
    every: 'Tous',
    none: 'Rien de tel.',
    at: 'Quand',
    actor: 'Par',
    subject: 'Objet',
    digest: 'Empreinte',
    digestText:
      'Chaque empreinte couvre toutes les entrées précédentes. Qui en garde une ailleurs peut montrer plus tard que rien n’a été changé avant elle.',
    trouble: 'Retenu\u202f:',
    actors: {
      cli: 'Au terminal',
      chain: 'Le réseau',
      journal: 'Le serveur',
      holder: 'L’apprenant',
    },
  },
}

/** What the server notes; another word of its own is shown as it stands. */
export const ACTION_WORDS: Words<Readonly<Record<string, string>>> = {
  en: {
    'sign-in': 'Signed in',
    'sign-out': 'Signed out',
    template: 'Template saved',
    'archive-template': 'Template deleted',
    intake: 'Batch sent in',
    approve: 'Batch approved',
    reject: 'Batch rejected',
    anchored: 'Batch final',
    'anchor-lost': 'Batch lost by the network, sent again',
    delivered: 'Links handed out',
    'read-certificate': 'Certificate read',
    'export-links': 'Links exported',
    'send-links': 'Links sent by e-mail',
    'resend-link': 'Link sent again',
    reseal: 'Link replaced',
    revoke: 'Certificate revoked',
    suspend: 'Certificate suspended',
    reinstate: 'Certificate reinstated',
    'revoke-batch': 'Batch revoked',
    correct: 'Certificate corrected',
    erase: 'Certificate erased',
    'erase-again': 'Erasure repeated',
    withhold: 'Document withheld',
    share: 'Shared by the learner',
    'withdraw-share': 'Share withdrawn',
    'create-key': 'API key made',
    'revoke-key': 'API key revoked',
    'webhook-created': 'Webhook made',
    'webhook-pinged': 'Webhook tested',
    'webhook-redelivered': 'Webhook sent again',
    'webhook-removed': 'Webhook removed',
    'webhook-disabled': 'Webhook given up',
    'set-profile': 'Profile changed',
    'add-issuer': 'Issuer added',
    deny: 'Refused',
    restore: 'Restored from a backup',
    'rotate-master': 'Master key changed',
    'recover-master': 'Master key recovered',
    'change-passphrase': 'Passphrase changed',
  },
  fr: {
    'sign-in': 'Connexion',
    'sign-out': 'Déconnexion',
    template: 'Modèle enregistré',
    'archive-template': 'Modèle supprimé',
    intake: 'Lot envoyé',
    approve: 'Lot approuvé',
    reject: 'Lot refusé',
    anchored: 'Lot définitif',
    'anchor-lost': 'Lot perdu par le réseau, renvoyé',
    delivered: 'Liens remis',
    'read-certificate': 'Certificat lu',
    'export-links': 'Liens exportés',
    'send-links': 'Liens envoyés par courriel',
    'resend-link': 'Lien renvoyé',
    reseal: 'Lien remplacé',
    revoke: 'Certificat révoqué',
    suspend: 'Certificat suspendu',
    reinstate: 'Certificat rétabli',
    'revoke-batch': 'Lot révoqué',
    correct: 'Certificat corrigé',
    erase: 'Certificat effacé',
    'erase-again': 'Effacement répété',
    withhold: 'Document retenu',
    share: 'Partage par l’apprenant',
    'withdraw-share': 'Partage retiré',
    'create-key': 'Clé d’API créée',
    'revoke-key': 'Clé d’API révoquée',
    'webhook-created': 'Webhook créé',
    'webhook-pinged': 'Webhook essayé',
    'webhook-redelivered': 'Envoi refait',
    'webhook-removed': 'Webhook retiré',
    'webhook-disabled': 'Webhook abandonné',
    'set-profile': 'Profil modifié',
    'add-issuer': 'Émetteur ajouté',
    deny: 'Refus',
    restore: 'Restauration d’une sauvegarde',
    'rotate-master': 'Clé maîtresse changée',
    'recover-master': 'Clé maîtresse récupérée',
    'change-passphrase': 'Phrase secrète changée',
  },
}
