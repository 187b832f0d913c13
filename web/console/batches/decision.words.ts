import type { Words } from '../../words/language.tsx'

type DecisionWords = {
  readonly title: string
  readonly own: string
  readonly mayNot: string
  readonly ask: (key: string) => string
  readonly what: string
  readonly approve: string
  readonly approving: string
  readonly reject: string
  readonly rejectTitle: (name: string) => string
  readonly rejectWhat: string
}

/** Of a batch that a second person decides on. */
export const DECISION: Words<DecisionWords> = {
  en: {
    title: 'Awaiting approval',
    own: 'This batch was asked for with this key. Another person decides on it, signed in with another key that has the right to approve batches.',
    mayNot:
      'A second person decides on this batch: whoever has a key with the right to approve batches. This key does not have it.',
    ask: (key) => `Asked for with the key ${key}. Nothing is issued before it is approved.`,
    what: 'Once approved, the batch is issued at once, and that cannot be undone.',
    approve: 'Approve and issue',
    approving: 'One moment…',
    reject: 'Reject',
    rejectTitle: (name) => `Reject batch ${name}`,
    rejectWhat:
      'The batch and all of its rows are deleted. To issue it after all, the file has to be sent in again.',
  },
  fr: {
    title: 'En attente d’approbation',
    own: 'Ce lot a été demandé avec cette clé. Une autre personne en décide, connectée avec une autre clé qui a le droit d’approuver les lots.',
    mayNot:
      'Une deuxième personne décide de ce lot : qui a une clé avec le droit d’approuver les lots. Cette clé ne l’a pas.',
    ask: (key) => `Demandé avec la clé ${key}. Rien n’est émis avant l’approbation.`,
    what: 'Une fois approuvé, le lot est émis aussitôt, et cela ne peut pas être annulé.',
    approve: 'Approuver et émettre',
    approving: 'Un instant…',
    reject: 'Refuser',
    rejectTitle: (name) => `Refuser le lot ${name}`,
    rejectWhat:
      'Le lot et toutes ses lignes sont supprimés. Pour l’émettre malgré tout, il faut envoyer à nouveau le fichier.',
  },
}
