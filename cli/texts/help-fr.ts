/** The words of `--help` in French, by the English ones beside which they stand in the commands. */
export const helpFr: Readonly<Record<string, string>> = {
  'Issues and verifies certificates anchored on a blockchain.':
    'Émet et vérifie des certificats ancrés sur une chaîne de blocs.',
  'Verifies certificates anchored by Inaltera, trusting no server.':
    'Vérifie les certificats ancrés par Inaltera, sans se fier à aucun serveur.',
  'print one JSON value': 'afficher une valeur JSON',
  'language of what is printed': 'langue de ce qui est affiché',
  'data folder': 'dossier de données',
  'display help for command': 'afficher l’aide de la commande',
  'file with the passphrase of the keys (or INALTERA_PASSPHRASE)':
    'fichier avec la phrase secrète des clés (ou INALTERA_PASSPHRASE)',
  'do not ask for confirmation': 'ne pas demander de confirmation',
  'certificate or evidence bundle, - for standard input, or holder link':
    'certificat ou dossier de preuves, - pour l’entrée standard, ou lien de titulaire',
  "the issuer's profile, for an issuer named by something else":
    'le profil de l’émetteur, s’il est nommé autrement que par son compte',
  'the issuing organisation, as verdicts call it':
    'l’organisme émetteur, tel que les verdicts l’appellent',
  'its id, as issue told it': 'son identifiant, tel qu’issue l’a donné',
  'where the links go (CSV); - for standard output':
    'où vont les liens (CSV) ; - pour la sortie standard',
  'whose (default: the first issuer of the folder)':
    'de qui (par défaut : le premier émetteur du dossier)',
  'how many, at most 1000': 'combien, 1000 au plus',
  'say how the service stands, what waits and why':
    'dire où en est le service, ce qui attend et pourquoi',
  'revoke certificates, for good': 'révoquer des certificats, pour toujours',
  'suspend certificates, until they are reinstated':
    'suspendre des certificats, jusqu’à ce qu’ils soient rétablis',
  'end a suspension': 'mettre fin à une suspension',
  'indexes in the batch, separated by commas': 'indices dans le lot, séparés par des virgules',
  'its index in the batch, one alone': 'son indice dans le lot, un seul',
  'the whole batch': 'le lot entier',
  'holder link or certificate file': 'lien de titulaire ou fichier de certificat',
  'a batch, instead': 'un lot, à la place',
  why: 'pourquoi',
  'erase a certificate: its key and its learner': 'effacer un certificat : sa clé et son apprenant',
  'replace the link of a certificate by a new one':
    'remplacer le lien d’un certificat par un nouveau',
  'send the new link to its learner instead of printing it':
    'envoyer le nouveau lien à son apprenant au lieu de l’afficher',
  'issue a batch: one certificate for each row of a CSV or XLSX file':
    'émettre un lot : un certificat par ligne d’un fichier CSV ou XLSX',
  'CSV (UTF-8, comma or semicolon) or XLSX file with a header':
    'fichier CSV (UTF-8, virgule ou point-virgule) ou XLSX, avec un en-tête',
  'what all certificates of the batch share': 'ce qui est commun à tous les certificats du lot',
  "where the links lead (default: the server's public URL)":
    'où mènent les liens (par défaut : l’URL publique du serveur)',
  'although a learner stands in several rows': 'bien qu’un apprenant figure sur plusieurs lignes',
  'although the template lacks mandatory elements':
    'bien qu’il manque au modèle des éléments obligatoires',
  'links that need no server, and that nobody can ever erase':
    'des liens sans serveur, et que personne ne pourra effacer',
  'who issues, where the folder has several (default: the first)':
    'qui émet, si le dossier en a plusieurs (par défaut : le premier)',
  'send each learner their link by e-mail, once the batch is final':
    'envoyer à chaque apprenant son lien par courriel, une fois le lot définitif',
  'a new batch, although these very rows were issued before':
    'un nouveau lot, bien que ces mêmes lignes aient déjà été émises',
  'write the links of a batch again': 'écrire de nouveau les liens d’un lot',
  'although they were written to a file before; the audit log says so':
    'bien qu’ils aient déjà été écrits dans un fichier ; le journal d’audit le dit',
  'bring the registry to the chain and give the keys their roles':
    'amener le registre sur la chaîne et donner leurs rôles aux clés',
  'find certificates by their learner, newest first':
    'trouver des certificats par leur apprenant, les plus récents d’abord',
  'whole words of the name, in any order, case and accents':
    'mots entiers du nom, sans égard à l’ordre, à la casse ni aux accents',
  'the e-mail address': 'l’adresse électronique',
  'the external id': 'l’identifiant externe',
  'make a presentation: a certificate with some claims hidden':
    'faire une présentation : un certificat dont des données sont masquées',
  'certificate file, - for standard input, or holder link':
    'fichier de certificat, - pour l’entrée standard, ou lien de titulaire',
  'names of the claims to hide, separated by commas':
    'noms des données à masquer, séparés par des virgules',
  'names of the claims to show; all others are hidden ("" hides all)':
    'noms des données à montrer ; toutes les autres sont masquées ("" masque tout)',
  'where to write it; by default to standard output':
    'où l’écrire ; par défaut sur la sortie standard',
  'score a template: exit code 0 complete, 1 something is missing':
    'évaluer un modèle : code de sortie 0 complet, 1 il manque quelque chose',
  'template file, - for standard input': 'fichier de modèle, - pour l’entrée standard',
  'keep a certificate and what the chain proves of it in one file':
    'garder un certificat et ce que la chaîne en prouve dans un même fichier',
  'where to write the evidence bundle': 'où écrire le dossier de preuves',
  'whose providers to ask; by default the policy of the data folder':
    'à quels fournisseurs demander ; par défaut la politique du dossier de données',
  'the issuers that share a data folder': 'les émetteurs qui partagent un dossier de données',
  'one more issuer, with keys and a master key of its own':
    'un émetteur de plus, avec ses propres clés et sa clé maîtresse',
  'the accounts of all issuers of the folder': 'les comptes de tous les émetteurs du dossier',
  'serve documents, server keys and verdicts over HTTP':
    'servir par HTTP documents, clés de serveur et verdicts',
  'where to listen (default: as configured)': 'où écouter (par défaut : comme configuré)',
  'its port (default: as configured)': 'son port (par défaut : comme configuré)',
  'refuse settings that are for trying things out': 'refuser les réglages faits pour essayer',
  'the keys of the API': 'les clés de l’API',
  'make a key; its text is shown once': 'faire une clé ; son texte n’est montré qu’une fois',
  'what it is for': 'à quoi elle sert',
  'what it may do, separated by commas, or all':
    'ce qu’elle peut faire, séparé par des virgules, ou all',
  'how long it counts, at most 730 days': 'combien de temps elle compte, 730 jours au plus',
  'the keys of an issuer, without their secrets': 'les clés d’un émetteur, sans leurs secrets',
  'end a key, from the next request on': 'mettre fin à une clé, dès la prochaine requête',
  'its id: the 16 digits after inaltera_': 'son identifiant : les 16 chiffres après inaltera_',
  'change the passphrase of all keys of the folder':
    'changer la phrase secrète de toutes les clés du dossier',
  'file with the new passphrase (or INALTERA_NEW_PASSPHRASE)':
    'fichier avec la nouvelle phrase secrète (ou INALTERA_NEW_PASSPHRASE)',
  'verify a certificate: exit code 0 valid, 1 invalid, 2 undetermined':
    'vérifier un certificat : code de sortie 0 valide, 1 non valide, 2 indéterminé',
  'whom to trust; by default the policy of the data folder':
    'à qui se fier ; par défaut la politique du dossier de données',
  'judge a past moment: 2026-06-12 (its first instant, UTC) or RFC 3339':
    'juger un moment passé : 2026-06-12 (son premier instant, UTC) ou RFC 3339',
  'judge an evidence bundle by what it holds, without any network':
    'juger un dossier de preuves par ce qu’il contient, sans aucun réseau',
  'keep the certificate that a link leads to': 'garder le certificat auquel mène un lien',
  'keep the verdict with all that went into it': 'garder le verdict et tout ce dont il est fait',
  'judge again what such a report holds: 0 consistent, 1 not':
    'juger de nouveau ce que contient un tel rapport : 0 concordant, 1 non',
  'prove everything that is stored anew, against the chain':
    'prouver de nouveau tout ce qui est gardé, face à la chaîne',
  'open some certificates of every batch, not all':
    'ouvrir quelques certificats de chaque lot, et non tous',
  'put back what one copy of the documents lost, and take away what was erased':
    'remettre ce qu’une copie des documents a perdu, et retirer ce qui fut effacé',
  'get the master key back from its recovery file and code':
    'retrouver la clé maîtresse par son fichier et son code de secours',
  "a copy of it (default: the data folder's own)":
    'une copie du fichier (par défaut : celui du dossier de données)',
  'file with the recovery code (or INALTERA_RECOVERY_CODE)':
    'fichier avec le code de secours (ou INALTERA_RECOVERY_CODE)',
  'send the links of a batch by e-mail, to each learner their own, once':
    'envoyer les liens d’un lot par courriel, à chaque apprenant le sien, une fois',
  'one link once more, by its index in the batch':
    'un lien encore une fois, par son indice dans le lot',
  'language of the letters': 'langue des messages',
  'say who changed what, newest first': 'dire qui a changé quoi, le plus récent d’abord',
  'how many entries, at most 1000': 'combien d’entrées, 1000 au plus',
  'go on behind the entry of this id': 'continuer après l’entrée de cet identifiant',
  'what is of this issuer alone': 'ce qui est de cet émetteur seul',
  'copy the data folder, also while a server runs':
    'copier le dossier de données, même pendant qu’un serveur tourne',
  'where the copy goes: a new folder': 'où va la copie : un nouveau dossier',
  'make a data folder of a copy, without what was erased since':
    'faire d’une copie un dossier de données, sans ce qui fut effacé depuis',
  'a folder that backup made': 'un dossier que backup a fait',
  'the erasures.journal of the folder that was lost':
    'le fichier erasures.journal du dossier qui fut perdu',
  'although there is none: what was erased since comes back':
    'bien qu’il n’y en ait pas : ce qui fut effacé depuis revient',
  'make a new master key for new batches':
    'faire une nouvelle clé maîtresse pour les nouveaux lots',
  'whose, where the folder has several (default: the first)':
    'de qui, si le dossier en a plusieurs (par défaut : le premier)',
  'make a data folder: keys, recovery file, chain and policy':
    'faire un dossier de données : clés, fichier de secours, chaîne et politique',
  'JSON-RPC of the chain; by default a chain of this folder alone':
    'JSON-RPC de la chaîne ; par défaut une chaîne de ce dossier seul',
  'what chain --rpc leads to': 'à quelle sorte de chaîne mène --rpc',
  'a PostgreSQL database (default: SQLite in the folder)':
    'une base PostgreSQL (par défaut : SQLite dans le dossier)',
  'the RPC of a Kubo for the documents (default: disk)':
    'le RPC d’un Kubo pour les documents (par défaut : le disque)',
  'where the server listens (default: 127.0.0.1)': 'où le serveur écoute (par défaut : 127.0.0.1)',
  'its port (default: a free one, chosen now)':
    'son port (par défaut : un port libre, choisi à présent)',
  'where learners reach it, for their links': 'où les apprenants l’atteignent, pour leurs liens',
}

/** Headings and marks of the help, and how errors of a call begin. Longer ones first. */
export const commanderFr: readonly (readonly [english: RegExp, french: string])[] = [
  [/^Usage:/, 'Emploi :'],
  [/^Arguments:/, 'Arguments :'],
  [/^Options:/, 'Options :'],
  [/^Global Options:/, 'Options communes :'],
  [/^Commands:/, 'Commandes :'],
  [/\bchoices: /, 'au choix : '],
  [/\bdefault: /, 'par défaut : '],
  [/\benv: /, 'variable : '],
  [/^error: unknown option '(.*)'/, 'erreur : option inconnue « $1 »'],
  [/^error: unknown command '(.*)'/, 'erreur : commande inconnue « $1 »'],
  [/^error: missing required argument '(.*)'/, 'erreur : il manque l’argument « $1 »'],
  [/^error: required option '(.*)' not specified/, 'erreur : il manque l’option « $1 »'],
  [/^error: option '(.*)' argument missing/, 'erreur : il manque la valeur de l’option « $1 »'],
  [
    /^error: option '(.*)' argument '(.*)' is invalid\./,
    'erreur : l’option « $1 » n’admet pas « $2 ».',
  ],
  [/^error: too many arguments.*$/m, 'erreur : trop d’arguments.'],
  [/Allowed choices are/, 'Au choix :'],
  [/\(Did you mean (.*)\?\)/, '(Vouliez-vous dire $1 ?)'],
  [/a port is a number from 1 to 65535/, 'un port est un nombre de 1 à 65535'],
  [/^error: /, 'erreur : '],
]
