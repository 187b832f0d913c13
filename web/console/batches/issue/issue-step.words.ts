import type { Words } from '../../../words/language.tsx'

type IssueStepWords = {
  readonly facts: Readonly<
    Record<'certificates' | 'template' | 'network' | 'links' | 'letters', string>
  >
  readonly certificates: (count: number, printed: string) => string
  readonly official: string
  readonly test: string
  readonly local: string
  readonly unknownNetwork: string
  readonly erasable: string
  readonly permanent: string
  readonly letters: string
  readonly noLetters: string
  readonly options: string
  readonly send: string
  readonly sendHint: string
  readonly makePermanent: string
  readonly permanentHint: string
  readonly understood: string
  readonly finalWord: string
  readonly issue: (count: number, printed: string) => string
  readonly ask: (count: number, printed: string) => string
  readonly askWord: string
  readonly sending: string
}

export const ISSUE_STEP: Words<IssueStepWords> = {
  en: {
    facts: {
      certificates: 'Certificates',
      template: 'Template',
      network: 'Network',
      links: 'Links',
      letters: 'E-mail',
    },
    certificates: (count, printed) => `${printed}, one for each row`,
    official: 'Main network: these are official certificates.',
    test: 'Test network: these are no official certificates.',
    local: 'Local network, to try things out: these are no official certificates.',
    unknownNetwork: 'Not known to this site.',
    erasable: 'Each learner gets a private link. A certificate can be erased at their request.',
    permanent: 'Permanent: nobody can erase these certificates, at nobody’s request.',
    letters: 'Each learner with an address is sent their link once the batch is final.',
    noLetters: 'Nothing is sent. The links can be downloaded, or sent later.',
    options: 'How they are handed out',
    send: 'E-mail each learner their link',
    sendHint: 'As soon as the batch is final, in the language set for this server.',
    makePermanent: 'Make them permanent',
    permanentHint:
      'They then open without this server, for ever. In return they can never be erased, which the law may require for personal data.',
    understood: 'These certificates can never be erased, and this is meant.',
    finalWord:
      'Issuing cannot be undone. A certificate with a mistake can be corrected or revoked later.',
    issue: (count, printed) =>
      count === 1 ? 'Issue 1 certificate' : `Issue ${printed} certificates`,
    ask: (count, printed) =>
      count === 1 ? 'Send 1 certificate for approval' : `Send ${printed} certificates for approval`,
    askWord:
      'Nothing is issued before a second person, who signs in with another key, approves this batch.',
    sending: 'Sending the file…',
  },
  fr: {
    facts: {
      certificates: 'Certificats',
      template: 'Modèle',
      network: 'Réseau',
      links: 'Liens',
      letters: 'Courriel',
    },
    certificates: (count, printed) => `${printed}, un par ligne`,
    official: 'Réseau principal : ce sont des certificats officiels.',
    test: 'Réseau de test : ce ne sont pas des certificats officiels.',
    local: 'Réseau local, pour essayer : ce ne sont pas des certificats officiels.',
    unknownNetwork: 'Inconnu de ce site.',
    erasable: 'Chaque apprenant reçoit un lien privé. Un certificat peut être effacé à sa demande.',
    permanent: 'Permanents : personne ne peut effacer ces certificats, à la demande de personne.',
    letters: 'Chaque apprenant qui a une adresse reçoit son lien une fois le lot définitif.',
    noLetters: 'Rien n’est envoyé. Les liens se téléchargent, ou s’envoient plus tard.',
    options: 'Comment ils sont remis',
    send: 'Envoyer à chaque apprenant son lien',
    sendHint: 'Dès que le lot est définitif, dans la langue réglée pour ce serveur.',
    makePermanent: 'Les rendre permanents',
    permanentHint:
      'Ils s’ouvrent alors sans ce serveur, pour toujours. En contrepartie ils ne peuvent jamais être effacés, ce que la loi peut exiger pour des données personnelles.',
    understood: 'Ces certificats ne pourront jamais être effacés, et c’est voulu.',
    finalWord:
      'L’émission ne peut pas être annulée. Un certificat qui contient une erreur peut être corrigé ou révoqué plus tard.',
    issue: (count, printed) =>
      count === 1 ? 'Émettre 1 certificat' : `Émettre ${printed} certificats`,
    ask: (count, printed) =>
      count === 1
        ? 'Soumettre 1 certificat à approbation'
        : `Soumettre ${printed} certificats à approbation`,
    askWord:
      'Rien n’est émis avant qu’une deuxième personne, connectée avec une autre clé, n’approuve ce lot.',
    sending: 'Envoi du fichier…',
  },
}
