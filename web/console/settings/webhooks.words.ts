import type { Words } from '../../words/words.ts'

type WebhooksWords = {
  readonly title: string
  readonly lead: string
  readonly create: string
  readonly emptyTitle: string
  readonly empty: string
  readonly active: string
  readonly disabled: string
  readonly disabledText: string
  readonly ping: string
  readonly pinged: string
  readonly remove: string
  readonly removeTitle: string
  readonly removeText: string
  readonly removed: string
  readonly deliveries: string
  readonly noDeliveries: string
  readonly refresh: string
  readonly redeliver: string
  readonly redelivered: string
  readonly attempts: (count: number) => string
  readonly answer: string
  readonly states: {
    readonly queued: string
    readonly delivered: string
    readonly failed: string
  }
  readonly url: string
  readonly urlHint: string
  readonly events: string
  readonly make: string
  readonly busy: string
  readonly theSecret: string
  readonly once: string
}

export const WEBHOOKS: Words<WebhooksWords> = {
  en: {
    title: 'Webhooks',
    lead: 'Other programs can be told at once when something happens here.',
    create: 'New webhook',
    emptyTitle: 'No webhook yet',
    empty: 'Where a student system should know of each batch or revocation, give its address here.',
    active: 'Active',
    disabled: 'Given up',
    disabledText: 'Nothing reached it for three days. A test takes it up again.',
    ping: 'Send a test',
    pinged: 'A test is on its way.',
    remove: 'Remove',
    removeTitle: 'Remove the webhook',
    removeText: 'It is told nothing more, and the list of what it was told is deleted.',
    removed: 'The webhook is removed.',
    deliveries: 'What it was told',
    noDeliveries: 'Nothing yet.',
    refresh: 'Look again',
    redeliver: 'Send again',
    redelivered: 'It is sent again.',
    attempts: (count) => (count === 1 ? '1 attempt' : `${count} attempts`),
    answer: 'answer',
    states: { queued: 'On its way', delivered: 'Arrived', failed: 'Failed' },
    url: 'Address',
    urlHint: 'Begins with https://, without a password in it.',
    events: 'What it is told',
    make: 'Make the webhook',
    busy: 'One moment…',
    theSecret: 'The secret',
    once: 'This secret signs what is sent. It is shown this once: copy it into the program that receives.',
  },
  fr: {
    title: 'Webhooks',
    lead: 'D’autres programmes peuvent être prévenus aussitôt qu’il se passe quelque chose ici.',
    create: 'Nouveau webhook',
    emptyTitle: 'Aucun webhook pour l’instant',
    empty:
      'Si un logiciel de scolarité doit connaître chaque lot ou chaque révocation, donner ici son adresse.',
    active: 'Actif',
    disabled: 'Abandonné',
    disabledText: 'Rien n’y est arrivé pendant trois jours. Un essai le reprend.',
    ping: 'Envoyer un essai',
    pinged: 'Un essai est en route.',
    remove: 'Retirer',
    removeTitle: 'Retirer le webhook',
    removeText: 'Il n’est plus prévenu de rien, et la liste de ses envois est supprimée.',
    removed: 'Le webhook est retiré.',
    deliveries: 'Ses envois',
    noDeliveries: 'Rien pour l’instant.',
    refresh: 'Actualiser',
    redeliver: 'Renvoyer',
    redelivered: 'L’envoi est refait.',
    attempts: (count) => (count < 2 ? `${count} essai` : `${count} essais`),
    answer: 'réponse',
    states: { queued: 'En route', delivered: 'Arrivé', failed: 'Échoué' },
    url: 'Adresse',
    urlHint: 'Commence par https://, sans mot de passe.',
    events: 'Ce dont il est prévenu',
    make: 'Créer le webhook',
    busy: 'Un instant…',
    theSecret: 'Le secret',
    once: 'Ce secret signe ce qui est envoyé. Il n’est affiché qu’une fois\u202f: à copier dans le programme qui reçoit.',
  },
}

type EventName =
  | 'batch.anchored'
  | 'batch.failed'
  | 'certificate.revoked'
  | 'certificate.suspended'
  | 'certificate.reinstated'
  | 'certificate.erased'
  | 'certificate.corrected'
  | 'mail.refused'
  | 'share.published'
  | 'share.withdrawn'
  | 'ping'

/** One for each type of event of `server/storage/webhooks.ts`. */
export const EVENT_WORDS: Words<Readonly<Record<EventName, string>>> = {
  en: {
    'batch.anchored': 'A batch is final',
    'batch.failed': 'A batch cannot go on',
    'certificate.revoked': 'A certificate is revoked',
    'certificate.suspended': 'A certificate is suspended',
    'certificate.reinstated': 'A certificate is reinstated',
    'certificate.erased': 'A certificate is erased',
    'certificate.corrected': 'A certificate is corrected',
    'mail.refused': 'An e-mail is refused',
    'share.published': 'A learner shares',
    'share.withdrawn': 'A learner stops sharing',
    ping: 'A test',
  },
  fr: {
    'batch.anchored': 'Un lot est définitif',
    'batch.failed': 'Un lot ne peut continuer',
    'certificate.revoked': 'Un certificat est révoqué',
    'certificate.suspended': 'Un certificat est suspendu',
    'certificate.reinstated': 'Un certificat est rétabli',
    'certificate.erased': 'Un certificat est effacé',
    'certificate.corrected': 'Un certificat est corrigé',
    'mail.refused': 'Un courriel est refusé',
    'share.published': 'Un apprenant partage',
    'share.withdrawn': 'Un apprenant cesse de partager',
    ping: 'Un essai',
  },
}
