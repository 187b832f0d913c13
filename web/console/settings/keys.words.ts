import type { Words } from '../../words/words.ts'

type KeysWords = {
  readonly title: string
  readonly lead: string
  readonly create: string
  readonly own: string
  readonly until: (day: string) => string
  readonly used: (day: string) => string
  readonly unused: string
  readonly counts: string
  readonly expired: string
  readonly revoked: string
  readonly revoke: string
  readonly revokeTitle: (label: string) => string
  readonly revokeText: string
  readonly revokeOwn: string
  readonly wasRevoked: string
  readonly newTitle: string
  readonly label: string
  readonly labelHint: string
  readonly days: string
  readonly dayNames: Readonly<Record<'30' | '90' | '365' | '730', string>>
  readonly scopes: string
  readonly notOffered: string
  readonly make: string
  readonly busy: string
  readonly theKey: string
  readonly once: string
}

export const KEYS: Words<KeysWords> = {
  en: {
    title: 'API keys',
    lead: 'A key signs in to this console, and lets programs work for the organisation.',
    create: 'New key',
    own: 'Signed in with it',
    until: (day) => `Until ${day}`,
    used: (day) => `last used on ${day}`,
    unused: 'not used yet',
    counts: 'Active',
    expired: 'Expired',
    revoked: 'Revoked',
    revoke: 'Revoke',
    revokeTitle: (label) => `Revoke the key “${label}”`,
    revokeText: 'Whoever uses it can do nothing more from now on. This cannot be undone.',
    revokeOwn:
      'It is the key that is signed in here: this session ends at once, and another key is needed to sign in.',
    wasRevoked: 'The key is revoked.',
    newTitle: 'New API key',
    label: 'What it is for',
    labelHint: 'Student administration, nightly import…',
    days: 'It counts for',
    dayNames: { '30': '30 days', '90': '90 days', '365': 'One year', '730': 'Two years' },
    scopes: 'What it may do',
    notOffered:
      'A key gives what it may do itself. Keys that approve batches are made by whoever runs the server, so that two people stay two.',
    make: 'Make the key',
    busy: 'One moment…',
    theKey: 'The key',
    once: 'This is the key. It is shown this once: copy it now, and keep it as a password is kept.',
  },
  fr: {
    title: 'Clés d’API',
    lead: 'Une clé ouvre cette console, et permet à des programmes de travailler pour l’organisme.',
    create: 'Nouvelle clé',
    own: 'Connectée ici',
    until: (day) => `Jusqu’au ${day}`,
    used: (day) => `dernière utilisation le ${day}`,
    unused: 'pas encore utilisée',
    counts: 'Active',
    expired: 'Expirée',
    revoked: 'Révoquée',
    revoke: 'Révoquer',
    revokeTitle: (label) => `Révoquer la clé «\u202f${label}\u202f»`,
    revokeText: 'Plus personne ne pourra rien faire avec elle. C’est irréversible.',
    revokeOwn:
      'C’est la clé connectée ici\u202f: cette session prend fin aussitôt, et il faudra une autre clé pour se reconnecter.',
    wasRevoked: 'La clé est révoquée.',
    newTitle: 'Nouvelle clé d’API',
    label: 'À quoi elle sert',
    labelHint: 'Scolarité, import de nuit…',
    days: 'Durée',
    dayNames: { '30': '30 jours', '90': '90 jours', '365': 'Un an', '730': 'Deux ans' },
    scopes: 'Ce qu’elle permet',
    notOffered:
      'Une clé ne donne que ses propres droits. Les clés qui approuvent des lots sont créées par la personne qui administre le serveur, pour que deux personnes restent deux.',
    make: 'Créer la clé',
    busy: 'Un instant…',
    theKey: 'La clé',
    once: 'Voici la clé. Elle n’est affichée qu’une fois\u202f: à copier maintenant, et à garder comme un mot de passe.',
  },
}

/** One for each scope of `server/http/scopes.ts`. */
export const SCOPE_WORDS: Words<Readonly<Record<ScopeName, string>>> = {
  en: {
    'templates:read': 'See templates',
    'templates:write': 'Write templates',
    'batches:read': 'See batches',
    'batches:write': 'Issue batches',
    'batches:approve': 'Approve batches',
    'certificates:read': 'Find certificates',
    'certificates:status': 'Revoke and suspend',
    'certificates:erase': 'Erase certificates',
    'links:read': 'Hand out links',
    webhooks: 'Webhooks',
    profile: 'Change the profile',
    'audit:read': 'See the audit log',
    keys: 'Make and revoke keys',
  },
  fr: {
    'templates:read': 'Voir les modèles',
    'templates:write': 'Écrire des modèles',
    'batches:read': 'Voir les lots',
    'batches:write': 'Émettre des lots',
    'batches:approve': 'Approuver des lots',
    'certificates:read': 'Chercher des certificats',
    'certificates:status': 'Révoquer et suspendre',
    'certificates:erase': 'Effacer des certificats',
    'links:read': 'Remettre des liens',
    webhooks: 'Webhooks',
    profile: 'Modifier le profil',
    'audit:read': 'Voir le journal d’audit',
    keys: 'Créer et révoquer des clés',
  },
}

export type ScopeName =
  | 'templates:read'
  | 'templates:write'
  | 'batches:read'
  | 'batches:write'
  | 'batches:approve'
  | 'certificates:read'
  | 'certificates:status'
  | 'certificates:erase'
  | 'links:read'
  | 'webhooks'
  | 'profile'
  | 'audit:read'
  | 'keys'
