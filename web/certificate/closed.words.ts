import type { Words } from '../words/language.tsx'

type ClosedWords = {
  readonly erasedTitle: string
  readonly erased: string
  readonly erasedOn: string
  readonly erasedMeans: string
  readonly replacedTitle: string
  readonly replaced: string
  readonly replacedOn: string
  readonly newLink: string
  readonly successor: string
  readonly unreachableTitle: string
  readonly unreachable: string
  readonly notFoundTitle: string
  readonly notFound: string
  readonly damagedTitle: string
  readonly damaged: string
}

export const CLOSED: Words<ClosedWords> = {
  en: {
    erasedTitle: 'Erased',
    erased: 'This certificate was erased by the issuer.',
    erasedOn: 'This certificate was erased by the issuer on {date}.',
    erasedMeans:
      'Nothing of it can be opened any more, by anyone. Files that were downloaded before stay with who has them.',
    replacedTitle: 'Replaced',
    replaced: 'This link was replaced by another.',
    replacedOn: 'This link was replaced by another on {date}.',
    newLink:
      'Only the link changed, the certificate did not. The new link is in a later message from the issuer, who can also send it again.',
    successor: 'The certificate goes on under its new link.',
    unreachableTitle: 'Could not be verified',
    unreachable:
      'The service that keeps this certificate did not answer. Nothing is wrong with the certificate as far as we could see. A downloaded file can be verified without this service.',
    notFoundTitle: 'Not found here',
    notFound:
      'The service at this address has no such certificate. The link may belong to another address, or may have been changed on the way.',
    damagedTitle: 'It does not open',
    damaged:
      'What came does not fit this link: a part of the link or of the stored document was changed. Please open the link from the message with which the certificate came, or ask the issuer for it again.',
  },
  fr: {
    erasedTitle: 'Effacé',
    erased: 'Ce certificat a été effacé par son émetteur.',
    erasedOn: 'Ce certificat a été effacé par son émetteur le {date}.',
    erasedMeans:
      'Plus personne ne peut l’ouvrir. Les fichiers téléchargés auparavant restent à qui les possède.',
    replacedTitle: 'Remplacé',
    replaced: 'Ce lien a été remplacé par un autre.',
    replacedOn: 'Ce lien a été remplacé par un autre le {date}.',
    newLink:
      'Seul le lien a changé, le certificat reste le même. Le nouveau lien se trouve dans un message plus récent de l’émetteur, qui peut aussi le renvoyer.',
    successor: 'Le certificat se trouve désormais sous son nouveau lien.',
    unreachableTitle: 'Vérification impossible',
    unreachable:
      'Le service qui conserve ce certificat n’a pas répondu. Rien d’anormal n’a été constaté sur le certificat. Un fichier téléchargé peut être vérifié sans ce service.',
    notFoundTitle: 'Introuvable ici',
    notFound:
      'Le service à cette adresse n’a pas ce certificat. Le lien appartient peut-être à une autre adresse, ou a été modifié en chemin.',
    damagedTitle: 'Il ne s’ouvre pas',
    damaged:
      'Ce qui a été reçu ne correspond pas à ce lien : une partie du lien ou du document conservé a changé. Ouvrez le lien depuis le message qui accompagnait le certificat, ou redemandez-le à l’émetteur.',
  },
}
