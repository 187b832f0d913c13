import type { Words } from '../words/language.tsx'

type HomeWords = {
  readonly pageTitle: string
  readonly title: string
  readonly lead: string
  readonly second: string
  readonly third: string
  readonly verify: string
  readonly console: string
  readonly learner: string
  readonly sampleIssuer: string
  readonly sampleTitle: string
  readonly sampleTo: string
}

export const HOME: Words<HomeWords> = {
  en: {
    pageTitle: 'Inaltera: certificates that anyone can verify',
    title: 'Certificates that anyone can verify',
    lead: 'Schools and training bodies issue certificates here, each with its own private link for the learner.',
    second:
      'Whoever is shown one can check by themselves, in their own browser, who issued it, that nothing was changed, and that it still stands.',
    third: 'Nobody has to be believed for that, not even this site.',
    verify: 'Verify a certificate',
    console: 'Issue certificates',
    learner: 'Received a certificate? It opens by the link in its message.',
    sampleIssuer: 'Institute of Engines',
    sampleTitle: 'Writing programs for the Analytical Engine',
    sampleTo: 'awarded to',
  },
  fr: {
    pageTitle: 'Inaltera : des certificats que chacun peut vérifier',
    title: 'Des certificats que chacun peut vérifier',
    lead: 'Écoles et organismes de formation émettent ici des certificats, chacun avec son lien privé pour l’apprenant.',
    second:
      'Qui en reçoit un peut contrôler par lui-même, dans son navigateur, qui l’a émis, que rien n’a été modifié et qu’il est toujours en vigueur.',
    third: 'Il n’y a personne à croire sur parole pour cela, pas même ce site.',
    verify: 'Vérifier un certificat',
    console: 'Émettre des certificats',
    learner: 'Vous avez reçu un certificat ? Il s’ouvre par le lien de son message.',
    sampleIssuer: 'Institut des machines',
    sampleTitle: 'Écrire des programmes pour la machine analytique',
    sampleTo: 'décerné à',
  },
}
