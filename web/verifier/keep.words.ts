import type { Words } from '../words/language.tsx'

type Keep = {
  readonly title: string
  readonly says: string
  readonly download: string
  readonly hash: string
  readonly unknown: string
  readonly how: string
  readonly howSays: string
  readonly linux: string
  readonly mac: string
  readonly windows: string
  readonly trust: string
}

export const KEEP: Words<Keep> = {
  en: {
    title: 'A verifier to keep',
    says: 'One file that does the same from a disk, without this site, for as long as there are browsers. Kept beside a certificate and its evidence file, it needs nobody’s server.',
    download: 'Download the verifier',
    hash: 'SHA-256 of the file',
    unknown: 'This site does not give the hash now.',
    how: 'How to check it',
    howSays: 'Compare what one of these prints with the hash above, letter by letter:',
    linux: 'Linux',
    mac: 'macOS',
    windows: 'Windows',
    trust:
      'A hash beside a file shows that the download is whole. That the file is ours is shown by a hash from elsewhere: the one published with the release, or the one that building the source gives.',
  },
  fr: {
    title: 'Un vérificateur à garder',
    says: 'Un seul fichier qui fait de même depuis un disque, sans ce site, tant qu’il y aura des navigateurs. Gardé à côté d’un certificat et de son dossier de preuves, il n’a besoin du serveur de personne.',
    download: 'Télécharger le vérificateur',
    hash: 'SHA-256 du fichier',
    unknown: 'Ce site ne donne pas l’empreinte pour le moment.',
    how: 'Comment le vérifier',
    howSays:
      'Comparer ce qu’affiche l’une de ces commandes avec l’empreinte ci-dessus, lettre par lettre :',
    linux: 'Linux',
    mac: 'macOS',
    windows: 'Windows',
    trust:
      'Une empreinte à côté d’un fichier montre que le téléchargement est entier. Que le fichier est le nôtre, c’est une empreinte venue d’ailleurs qui le montre : celle publiée avec la version, ou celle que donne la construction du code source.',
  },
}
