import type { Words } from '../../words/language.tsx'
import type { StageName } from './timeline.ts'

type TimelineWords = {
  readonly title: string
  readonly stages: Readonly<Record<StageName, { readonly name: string; readonly what: string }>>
  readonly rejected: { readonly name: string; readonly what: string }
  readonly states: Readonly<Record<'done' | 'now' | 'later' | 'stopped', string>>
  readonly of: (done: string, total: string) => string
}

/** What happens to a batch, stage by stage. */
export const TIMELINE: Words<TimelineWords> = {
  en: {
    title: 'How far it is',
    stages: {
      asked: { name: 'Asked for', what: 'The file was taken, every row of it.' },
      approval: { name: 'Approval', what: 'A second person decides.' },
      sealed: { name: 'Sealed', what: 'Each certificate is encrypted under a key of its own.' },
      stored: { name: 'Stored', what: 'Two copies are kept, and read back.' },
      sent: { name: 'Sent', what: 'The fingerprint of the batch goes to the registry.' },
      block: { name: 'Recorded', what: 'The registry has it, with a time that anyone can check.' },
      final: { name: 'Final', what: 'Nobody can undo the record. The links can be handed out.' },
    },
    rejected: { name: 'Rejected', what: 'A second person rejected it. Its rows were deleted.' },
    states: { done: 'done', now: 'under way', later: 'to come', stopped: 'ended' },
    of: (done, total) => `${done} of ${total}`,
  },
  fr: {
    title: 'Où il en est',
    stages: {
      asked: { name: 'Demandé', what: 'Le fichier a été pris, avec toutes ses lignes.' },
      approval: { name: 'Approbation', what: 'Une deuxième personne décide.' },
      sealed: { name: 'Scellé', what: 'Chaque certificat est chiffré avec sa propre clé.' },
      stored: { name: 'Déposé', what: 'Deux copies sont conservées, et relues.' },
      sent: { name: 'Envoyé', what: 'L’empreinte du lot part vers le registre.' },
      block: {
        name: 'Inscrit',
        what: 'Le registre l’a reçue, à une heure que chacun peut vérifier.',
      },
      final: {
        name: 'Définitif',
        what: 'Personne ne peut défaire l’inscription. Les liens peuvent être remis.',
      },
    },
    rejected: {
      name: 'Refusé',
      what: 'Une deuxième personne l’a refusé. Ses lignes ont été supprimées.',
    },
    states: { done: 'fait', now: 'en cours', later: 'à venir', stopped: 'terminé' },
    of: (done, total) => `${done} sur ${total}`,
  },
}
