import type { Words } from '../../words/language.tsx'

type RevokeWords = {
  readonly title: string
  readonly what: string
  readonly open: string
  readonly dialog: (name: string) => string
  readonly will: (count: number, printed: string) => string
  readonly reason: string
  readonly chooseReason: string
  readonly name: (name: string) => string
  readonly verb: string
  readonly cancel: string
  readonly busy: string
}

/** Of revoking a whole batch. */
export const REVOKE: Words<RevokeWords> = {
  en: {
    title: 'Revoke the whole batch',
    what: 'For a file that should not have been issued at all. A single certificate is revoked, corrected or erased on its own page.',
    open: 'Revoke the batch…',
    dialog: (name) => `Revoke batch ${name}`,
    will: (count, printed) =>
      count === 1
        ? 'Its certificate will say that it was revoked, to whoever checks it. This cannot be undone.'
        : `All ${printed} certificates will say that they were revoked, to whoever checks them. This cannot be undone.`,
    reason: 'Reason',
    chooseReason: 'Choose a reason',
    name: (name) => `To confirm, write the name of the batch: ${name}`,
    verb: 'Revoke the batch',
    cancel: 'Cancel',
    busy: 'One moment…',
  },
  fr: {
    title: 'Révoquer le lot entier',
    what: 'Pour un fichier qui n’aurait pas dû être émis du tout. Un seul certificat se révoque, se corrige ou s’efface sur sa propre page.',
    open: 'Révoquer le lot…',
    dialog: (name) => `Révoquer le lot ${name}`,
    will: (count, printed) =>
      count === 1
        ? 'Son certificat dira qu’il a été révoqué, à qui le vérifie. Cela ne peut pas être annulé.'
        : `Les ${printed} certificats diront qu’ils ont été révoqués, à qui les vérifie. Cela ne peut pas être annulé.`,
    reason: 'Motif',
    chooseReason: 'Choisir un motif',
    name: (name) => `Pour confirmer, écrire le nom du lot : ${name}`,
    verb: 'Révoquer le lot',
    cancel: 'Annuler',
    busy: 'Un instant…',
  },
}
