/** What each problem of the API says to whoever works in the console: what is the matter, and what to do. */
import type { Words } from '../words/words.ts'

const EN = {
  'bad-request': 'The server did not understand this. Please check what was entered.',
  'idempotency-key-missing': 'The request was incomplete. Please load the page again.',
  'not-authenticated': 'This API key does not count: it is unknown, has expired or was revoked.',
  'not-allowed': 'The API key that is signed in may not do this.',
  'not-from-console':
    'The request did not come from this console. Please open the console by its own address.',
  insecure:
    'Signing in takes a secure address (https). Please open the console by its https address.',
  'not-found': 'This does not exist, or no longer.',
  'method-not-allowed': 'The server does not know this action. Please load the page again.',
  'not-acceptable': 'The server has this in no form that the page can read.',
  timeout: 'Sending took too long. Please try again on a better connection.',
  conflict: 'This is in another state by now. Please look at it again.',
  exported: 'These links left before.',
  'request-in-progress': 'The same request is still being worked on. Please wait a moment.',
  gone: 'This was erased by its issuer.',
  replaced: 'Another link took the place of this one.',
  'too-large': 'This is larger than the server takes.',
  'unsupported-media-type': 'The server does not take files of this kind.',
  'idempotency-conflict':
    'An earlier attempt may have gone through. Please look at the list before trying again.',
  unprocessable: 'This cannot be done as it stands.',
  'rate-limited': 'Too many requests in a short time. Please wait a moment, then try again.',
  'headers-too-large': 'The request was too large. Please sign out and in again.',
  internal: 'Something went wrong on the server. Nothing that was entered is lost.',
  'document-damaged': 'The stored document is damaged. Please tell whoever runs the server.',
  busy: 'The server has much to do at the moment. Please try again shortly.',
  locked: 'The server runs without the passphrase of its keys. Please tell whoever runs it.',
  'no-mail': 'This server sends no e-mail: no mail server is configured.',
  unavailable: 'Something that the server relies on does not answer. Please try again shortly.',
  offline: 'The server cannot be reached. Nothing that was entered is lost; please try again.',
  unreadable: 'The server answered something unexpected. Please load the page again.',
} as const

/** Codes of the API (`server/http/problems.ts`), and two of the page itself. */
export type ProblemWord = keyof typeof EN

export const PROBLEM_WORDS: Words<Readonly<Record<ProblemWord, string>>> = {
  en: EN,
  fr: {
    'bad-request': 'Le serveur n’a pas compris. Merci de vérifier ce qui a été saisi.',
    'idempotency-key-missing': 'La demande était incomplète. Merci de recharger la page.',
    'not-authenticated':
      'Cette clé d’API n’est pas valable : elle est inconnue, expirée ou révoquée.',
    'not-allowed': 'La clé d’API connectée n’a pas ce droit.',
    'not-from-console':
      'La demande ne vient pas de cette console. Merci d’ouvrir la console par sa propre adresse.',
    insecure:
      'La connexion demande une adresse sécurisée (https). Merci d’ouvrir la console par son adresse https.',
    'not-found': 'Cela n’existe pas, ou plus.',
    'method-not-allowed': 'Le serveur ne connaît pas cette action. Merci de recharger la page.',
    'not-acceptable': 'Le serveur n’a cela sous aucune forme que la page sache lire.',
    timeout: 'L’envoi a pris trop de temps. Merci de réessayer avec une meilleure connexion.',
    conflict: 'L’état a changé entre-temps. Merci de regarder à nouveau.',
    exported: 'Ces liens ont déjà été remis.',
    'request-in-progress': 'La même demande est encore en cours. Merci de patienter un instant.',
    gone: 'Effacé par l’émetteur.',
    replaced: 'Un autre lien a pris la place de celui-ci.',
    'too-large': 'C’est plus volumineux que ce que le serveur accepte.',
    'unsupported-media-type': 'Le serveur n’accepte pas ce type de fichier.',
    'idempotency-conflict':
      'Un essai précédent a pu aboutir. Merci de regarder la liste avant de réessayer.',
    unprocessable: 'Impossible en l’état.',
    'rate-limited':
      'Trop de demandes en peu de temps. Merci de patienter un instant, puis de réessayer.',
    'headers-too-large':
      'La demande était trop volumineuse. Merci de se déconnecter et de se reconnecter.',
    internal: 'Une erreur s’est produite sur le serveur. Rien de ce qui a été saisi n’est perdu.',
    'document-damaged':
      'Le document conservé est endommagé. Merci de prévenir la personne qui administre le serveur.',
    busy: 'Le serveur est très occupé. Merci de réessayer dans un instant.',
    locked:
      'Le serveur fonctionne sans la phrase secrète de ses clés. Merci de prévenir la personne qui l’administre.',
    'no-mail': 'Ce serveur n’envoie pas de courriel : aucun serveur de messagerie n’est configuré.',
    unavailable:
      'Un service dont dépend le serveur ne répond pas. Merci de réessayer dans un instant.',
    offline:
      'Le serveur est injoignable. Rien de ce qui a été saisi n’est perdu ; merci de réessayer.',
    unreadable: 'Le serveur a donné une réponse inattendue. Merci de recharger la page.',
  },
}
