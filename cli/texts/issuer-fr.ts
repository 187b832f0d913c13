import type { IssuerWords } from './issuer-words.ts'

export const issuerFr: IssuerWords = {
  steps: {
    read: 'lignes lues',
    seal: 'certificats scellés',
    store: 'documents enregistrés',
    prove: 'certificats relus et prouvés',
    anchor: 'racine ancrée',
    final: 'ancrage définitif',
  },
  rows: {
    'not-utf8': 'le fichier n’est pas du texte UTF-8',
    'not-csv': 'le fichier n’est pas du CSV bien formé',
    'not-xlsx': 'le fichier n’est pas un classeur XLSX bien formé',
    'unpacked-too-large': 'le classeur est trop volumineux une fois décompressé',
    'file-too-large': 'le fichier est trop volumineux',
    'line-too-long': 'la ligne est trop longue',
    'cell-too-long': 'la cellule est trop longue',
    'too-many-rows': 'trop de lignes',
    'too-many-columns': 'trop de colonnes',
    'not-json': 'ce n’est pas du JSON tel qu’il est lu ici',
    'no-rows': 'il n’y a aucune ligne sous l’en-tête',
    'no-header': 'il n’y a pas d’en-tête',
    'empty-column-name': 'une colonne n’a pas de nom',
    'forbidden-column': 'une colonne porte un nom qui n’est pas permis',
    'duplicate-column': 'la colonne figure deux fois',
    'missing-column': 'la colonne manque',
    'unexpected-column': 'la colonne n’a pas sa place ici',
    'cell-count': 'la ligne n’a pas autant de cellules que l’en-tête',
    'control-character': 'la cellule contient un caractère de contrôle',
    'bad-cell': 'la cellule ne peut être lue',
    'bare-quote':
      'un guillemet figure dans la cellule : doublez-le, et mettez la cellule entre guillemets',
    'bad-value': 'la cellule n’est pas ce que veut le modèle',
    'duplicate-learner': 'même identifiant ou même courriel (--allow-duplicates le permet)',
  },
  warnings: {
    'equal-names': 'noms identiques ; vérifiez qu’il s’agit bien de personnes différentes',
    'earlier-certificate': 'un lot antérieur certifie déjà la même chose de cet apprenant',
    'invisible-characters':
      'des cellules contiennent des caractères que personne ne voit (chasse nulle, marques de direction) ; ils sont émis tels quels',
    'cells-normalised': 'cellules débarrassées de leurs espaces ou ramenées à la forme Unicode NFC',
    'column-ignored': 'le modèle n’emploie pas cette colonne : elle n’est pas émise',
  },
  keystore: {
    missing: 'ce fichier de clé manque',
    'readable-by-others': 'd’autres peuvent lire ce fichier de clé ; son mode doit être 0600',
    'not-a-keystore': 'ce n’est pas un fichier de clé, ou il est endommagé',
    'wrong-passphrase': 'la phrase secrète n’ouvre pas ce fichier de clé',
    'weak-passphrase': 'une phrase secrète a au moins 8 caractères',
    exists: 'ce fichier de clé existe déjà et n’est pas écrasé',
    'another-key': 'ce n’est pas la clé qui appartient au dossier de données',
    'not-in-environment':
      'une variable ne peut contenir une clé que pour une chaîne locale ; retirez-la',
  },
  issuing: {
    'template-incomplete':
      'il manque au modèle des éléments obligatoires ; ajoutez-les, ou dites --allow-incomplete',
    'key-in-use': 'une autre demande porte cette clé d’idempotence',
    'in-progress':
      'un autre processus émet ce lot en ce moment, ou vient d’être interrompu : réessayez dans 15 secondes',
    'not-found': 'ce dossier n’a pas émis de tel certificat ni de tel lot',
    'no-such-issuer': 'le dossier n’a pas cet émetteur ; inaltera issuer list les nomme',
    'not-deployed':
      'le registre n’est pas encore sur cette chaîne : lancez d’abord inaltera deploy',
    'awaiting-approval': 'le lot attend l’approbation d’une seconde personne',
    'not-awaiting': 'le lot n’attend aucune approbation',
    'same-person': 'qui a demandé un lot ne l’approuve pas',
    rejected: 'le lot a été rejeté',
    'template-archived': 'ce modèle est archivé',
    'template-superseded': 'une version plus récente de ce modèle existe',
    'not-anchored': 'le lot n’est pas encore ancré',
    permanent: 'un certificat permanent ne peut être effacé',
    delivered: 'ces liens permanents ont été remis, et leur secret est oublié',
    corrected: 'ce certificat est déjà corrigé, ou en train de l’être',
    interrupted:
      'la correction a été interrompue avant que sa ligne soit gardée ; demandez-la de nouveau',
    locked: 'il y faut la phrase secrète des clés',
    'permanent-by-mail':
      'des liens permanents ne peuvent être repris : ils sont remis en fichier, non par courriel',
    'permanent-link':
      'un lien permanent ne peut être remplacé : qui l’a lira toujours le certificat',
    'no-address': 'aucune adresse électronique n’est connue pour cet apprenant',
    'no-mail': 'aucun serveur de messagerie n’est configuré : voir le membre mail d’inaltera.json',
    exported:
      'les liens de ce lot ont déjà été écrits dans un fichier ; inaltera links <lot> --again les écrit encore une fois',
    erased: 'ce certificat est effacé',
    'bad-url':
      'un webhook mène à https://<nom>, sans adresse à la place du nom et sans identifiants',
    'bad-events': 'ce ne sont pas des noms d’événements',
    'too-many': 'il y a trop de webhooks',
  },
  passphrase: {
    ask: 'Phrase secrète des clés : ',
    askAgain: 'La même, encore une fois : ',
    askNew: 'La nouvelle phrase secrète : ',
    differ: 'les deux phrases secrètes diffèrent',
    missing:
      'pas de phrase secrète : donnez --passphrase-file <fichier> ou INALTERA_PASSPHRASE ; à un terminal elle est demandée',
    newMissing:
      'pas de nouvelle phrase secrète : donnez --new-passphrase-file <fichier> ou INALTERA_NEW_PASSPHRASE ; à un terminal elle est demandée',
    changed: (files) =>
      `La nouvelle phrase secrète ouvre les ${files} fichiers de clés. Relancez ce qui tourne. Fichiers et codes de secours restent ; les copies antérieures s’ouvrent avec l’ancienne.`,
  },
  init: {
    nameMissing: 'donnez le nom de l’organisme émetteur par --name',
    rpcNeedsNetwork: '--rpc et --network vont ensemble',
    done: 'Un nouveau dossier de données :',
    account: 'Émetteur',
    anchorKey: 'Clé qui ancre',
    statusKey: 'Clé qui révoque',
    registry: 'Registre',
    policy: 'Politique',
    recoveryFile: 'Fichier de secours',
    recoveryCode: 'Code de secours',
    keepApart:
      'Copiez le fichier de secours et le code en deux lieux sûrs, séparés. Le code n’est montré que cette fois et n’est écrit nulle part.',
    fund: 'Chacun des trois comptes paie ses transactions : envoyez-leur de l’ether avant deploy.',
    next: 'Ensuite : inaltera deploy, puis inaltera issue <lignes> --template <fichier>.',
  },
  issuer: {
    added: 'Un nouvel émetteur de ce dossier :',
    next: 'Ensuite : inaltera deploy donne leurs rôles à ses clés ; un serveur déjà en marche est à relancer.',
  },
  key: {
    noLabel: 'dites à quoi sert la clé, en 100 caractères au plus : --label <texte>',
    badDays: '--expires est un nombre de jours, de 1 à 730',
    badScope: (all) =>
      `--scopes vaut all, ou certains de ceux-ci, séparés par des virgules : ${all}`,
    created:
      'La clé n’est montrée que cette fois et n’est écrite nulle part : gardez-la où seul son programme la lit.',
    none: 'Cet émetteur n’a pas de clé.',
    until: (moment) => `jusqu’au ${moment}`,
    revokedAt: (moment) => `révoquée le ${moment}`,
    revoked: 'La clé ne compte plus.',
    unknown: 'cet émetteur n’a pas cette clé ; inaltera key list les nomme',
  },
  backup: {
    copied: (folder) =>
      `Le dossier de données est copié dans ${folder}. Le journal des effacements n’y est pas : gardez ce fichier ailleurs.`,
    databaseApart: 'Les données sont dans PostgreSQL : copiez-les par pg_dump, avant cette copie.',
    restored: (folder, erasures) =>
      `${folder} est de nouveau un dossier de données. Son prochain démarrage efface de nouveau ce que nomme le journal : ${erasures}.`,
    rotated: (version) =>
      `La clé maîtresse ${version} est pour les nouveaux lots ; relancez ce qui tourne. Gardez les fichiers et codes des précédentes.`,
  },
  issue: {
    nothingIssued: 'rien n’a été émis.',
    andMore: (count) => `et ${count} de plus`,
    row: (row) => `ligne ${row}`,
    column: (name) => `colonne ${name}`,
    alreadyIn: (row) => `comme à la ligne ${row}`,
    allRows: 'le fichier',
    permanentWarning:
      'Liens permanents : aucun serveur n’est nécessaire pour les ouvrir, et personne, vous compris, ne pourra effacer ce qu’ils ouvrent.',
    badLinkBase: (base) =>
      `--link-base attend https://<hôte>, sans chemin (http pour cette machine seulement), pas ${base}`,
    permanentNeedsFile:
      'il faut un fichier : nommez-le par --output, car les liens ne pourront être calculés de nouveau',
    permanentDone:
      'Le secret de ces liens permanents est oublié : le fichier ci-dessous en est la seule copie.',
    repeated:
      'Ces lignes ont déjà été émises ; voici ce lot, et non un nouveau (--again en fait un autre).',
    issued: (size) => `${size} certificats émis, de façon définitive.`,
    batch: 'Lot',
    root: 'Racine',
    anchored: 'Ancré',
    links: 'Liens',
    linksAreSecret: 'Chaque lien est à son apprenant : qui l’a peut lire le certificat.',
    linksLeft: (links, size) =>
      `${links} liens d’un lot de ${size} certificats : les autres sont effacés.`,
  },
  status: {
    confirm: {
      revoke: 'Ceci révoque pour toujours ; rien ne le défait. Continuer ? [o/N] ',
      suspend: 'Ceci suspend, pour tous ceux qui vérifient. Continuer ? [o/N] ',
      erase: 'Ceci efface pour toujours : personne, vous compris, ne le relira. Continuer ? [o/N] ',
      'revoke-batch':
        'Ceci révoque le lot entier pour toujours ; rien ne le défait. Continuer ? [o/N] ',
    },
    notConfirmed: 'rien n’a été fait, faute de confirmation (--yes ne la demande pas)',
    whichOne:
      'nommez un certificat par son lien ou son fichier, ou un lot par --batch <id|racine> et --index <nombres>',
    oneOnly: 'cette commande prend un certificat à la fois',
    badIndex: (text) => `--index attend des nombres séparés par des virgules, pas ${text}`,
    otherHome: (theirs, ours) => `ce certificat relève de ${theirs} ; ce dossier émet à ${ours}`,
    otherIssuer: (theirs, ours) =>
      `ce certificat a été émis par ${theirs} ; ce dossier est ${ours}`,
    done: {
      revoke: 'Révoqué, pour toujours.',
      suspend: 'Suspendu.',
      reinstate: 'Rétabli.',
      'revoke-batch': 'Le lot entier est révoqué, pour toujours.',
    },
    shows: 'Les vérificateurs lisent deux blocs sous la tête : ils le verront dans un instant.',
    already: 'La chaîne le disait déjà : rien n’a été envoyé.',
    certificates: (indexes, root) => `certificat ${indexes} du lot ${root}`,
    erased: (cid, at) => `Effacé ${cid} (${at}).`,
    outOfReach: 'Les copies en d’autres mains sont hors d’atteinte.',
    damaged: (cid) => `le document ${cid} du même lot est endommagé, dans ses deux copies`,
    resealed: (cid) => `Le lien vers ${cid} est remplacé : il n’ouvre plus rien. Le nouveau :`,
    newLinkMailed: 'Il est en route vers son apprenant.',
  },
  serve: {
    at: (url) => `serveur à l’adresse ${url}`,
    stop: 'Ctrl-C l’arrête',
    noPassphrase: 'sans phrase secrète : il vérifie et sert, et ne continue aucun lot inachevé',
    stopping: 'arrêt',
  },
  mail: {
    sent: (accepted, waiting) => `${accepted} message(s) remis, ${waiting} en attente.`,
    refused: (index, code) =>
      `certificat ${index} : personne n’a pris le message${code === undefined ? '' : ` (${code})`}`,
  },
  askCode: 'Code de secours : ',
  noCode:
    'pas de code de secours : donnez --code-file <fichier> ou INALTERA_RECOVERY_CODE ; à un terminal il est demandé',
  recovered: 'La clé maîtresse est revenue, sous la phrase secrète de ce dossier.',
  deployed: 'Le registre est déployé, et les clés ont leurs rôles.',
  wasDeployed: 'Le registre y était déjà, et les clés ont leurs rôles.',
  noFolder: (folder) =>
    `${folder} n’est pas un dossier de données : lancez d’abord inaltera init, ou nommez-en un par --data`,
  folderExists: (folder) => `${folder} est déjà un dossier de données`,
  development: 'ces réglages sont faits pour essayer, et la production les refuse :',
  damagedFolder: (folder) => `quelque chose est inutilisable dans le dossier de données ${folder}`,
  badConfig: (member) =>
    `${member.startsWith('/') ? 'inaltera.json est inutilisable : ' : 'inutilisable : '}${member}`,
}
