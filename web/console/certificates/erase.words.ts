import type { Words } from '../../words/language.tsx'

type EraseWords = {
  readonly title: string
  readonly goneTitle: string
  readonly gone: readonly string[]
  readonly staysTitle: string
  readonly stays: readonly string[]
  readonly confirm: (what: string) => string
  /** What is written where no name is known. */
  readonly word: string
  readonly verb: string
  readonly damaged: (count: string) => string
}

export const ERASE: Words<EraseWords> = {
  en: {
    title: 'Erase this certificate',
    goneTitle: 'Gone at once, for good',
    gone: [
      'The server’s half of the key: the learner’s link opens nothing any more.',
      'The row here: name, e-mail address, number, and what finds them.',
      'The sealed document and its copy, the letters, and every public share.',
    ],
    staysTitle: 'Out of reach',
    stays: [
      'Copies that the learner or others keep: they can be read, and verified, as before.',
      'The entry in the public register: numbers, which say nothing of a person.',
    ],
    confirm: (what) => `To confirm, write: ${what}`,
    word: 'erase',
    verb: 'Erase for good',
    damaged: (count) =>
      `Erased. Other documents of the batch are damaged: ${count}. Please tell whoever runs the server.`,
  },
  fr: {
    title: 'Effacer ce certificat',
    goneTitle: 'Supprimé aussitôt, définitivement',
    gone: [
      'La moitié de clé du serveur : le lien de l’apprenant n’ouvre plus rien.',
      'La ligne conservée ici : nom, adresse, numéro, et ce qui permet de les trouver.',
      'Le document scellé et sa copie, les lettres et tous les partages publics.',
    ],
    staysTitle: 'Hors d’atteinte',
    stays: [
      'Les copies que l’apprenant ou d’autres conservent : elles restent lisibles et vérifiables.',
      'L’inscription au registre public : des nombres, qui ne disent rien d’une personne.',
    ],
    confirm: (what) => `Pour confirmer, écrire : ${what}`,
    word: 'effacer',
    verb: 'Effacer définitivement',
    damaged: (count) =>
      `Effacé. D’autres documents du lot sont endommagés : ${count}. Merci de prévenir la personne qui administre le serveur.`,
  },
}
