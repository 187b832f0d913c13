import type { Language } from '../../src/index.ts'
import type { Words } from '../words/language.tsx'

type SheetWords = {
  readonly testNetwork: string
  readonly localNetwork: string
  readonly claimsIssuer: string
  readonly mixedLetters: string
  readonly resembles: string
  readonly awardedTo: string
  readonly nobodyShown: string
  readonly badge: string
  readonly skills: string
  readonly outcomes: string
  readonly assessment: string
  readonly results: string
  readonly prerequisites: string
  readonly more: string
  readonly issued: string
  readonly awarded: string
  readonly expires: string
  readonly never: string
  readonly period: string
  readonly workload: string
  readonly credits: string
  readonly level: string
  readonly eqf: string
  readonly participation: string
  readonly certifier: string
  readonly directories: string
  readonly quality: string
  readonly hidden: string
  /** Kinds of achievements, by their name in Open Badges. */
  readonly kinds: Readonly<Record<string, string>>
  /** Names of the claims about a learner. */
  readonly claims: Readonly<Record<string, string>>
}

export const SHEET: Words<SheetWords> = {
  en: {
    testNetwork: 'Test network: not an official certificate',
    localNetwork: 'Local network: not an official certificate',
    claimsIssuer: 'The document itself calls its issuer:',
    mixedLetters: 'This name mixes letters of several alphabets that look alike:',
    resembles: 'This name reads like one that is trusted, and is not that issuer:',
    awardedTo: 'awarded to',
    nobodyShown: 'The name is not shown',
    badge: 'Badge',
    skills: 'Skills',
    outcomes: 'What was learnt',
    assessment: 'How it was assessed',
    results: 'Results',
    prerequisites: 'Prerequisites',
    more: 'Further information',
    issued: 'Issued',
    awarded: 'Awarded',
    expires: 'Valid until',
    never: 'no end date',
    period: 'Period',
    workload: 'Workload',
    credits: 'Credits',
    level: 'Level',
    eqf: 'EQF level {level}',
    participation: 'Form',
    certifier: 'Certifying body',
    directories: 'Registered as',
    quality: 'Quality assurance',
    hidden: 'Hidden by its holder',
    kinds: {
      MicroCredential: 'Micro-credential',
      Badge: 'Badge',
      Certificate: 'Certificate',
      CertificateOfCompletion: 'Certificate of completion',
      Certification: 'Certification',
      Course: 'Course',
      Diploma: 'Diploma',
      Degree: 'Degree',
      License: 'Licence',
    },
    claims: {
      givenName: 'Given name',
      familyName: 'Family name',
      name: 'Name',
      birthName: 'Name at birth',
      birthDate: 'Date of birth',
      birthPlace: 'Place of birth',
      email: 'E-mail address',
      identifier: 'Learner’s number',
      licenseNumber: 'Licence number',
      result: 'Results',
      role: 'Role',
      narrative: 'Comment',
      term: 'Term',
      activityStartDate: 'Start',
      activityEndDate: 'End',
      creditsEarned: 'Credits earned',
    },
  },
  fr: {
    testNetwork: 'Réseau de test : certificat non officiel',
    localNetwork: 'Réseau local : certificat non officiel',
    claimsIssuer: 'Le document nomme lui-même son émetteur :',
    mixedLetters: 'Ce nom mêle des lettres de plusieurs alphabets qui se ressemblent :',
    resembles: 'Ce nom ressemble à celui d’un émetteur reconnu, mais n’est pas le sien :',
    awardedTo: 'décerné à',
    nobodyShown: 'Le nom n’est pas montré',
    badge: 'Badge',
    skills: 'Compétences',
    outcomes: 'Acquis d’apprentissage',
    assessment: 'Évaluation',
    results: 'Résultats',
    prerequisites: 'Prérequis',
    more: 'Informations complémentaires',
    issued: 'Émis le',
    awarded: 'Décerné le',
    expires: 'Valable jusqu’au',
    never: 'sans date de fin',
    period: 'Période',
    workload: 'Charge de travail',
    credits: 'Crédits',
    level: 'Niveau',
    eqf: 'CEC niveau {level}',
    participation: 'Modalité',
    certifier: 'Certificateur',
    directories: 'Enregistré comme',
    quality: 'Assurance qualité',
    hidden: 'Masqué par son titulaire',
    kinds: {
      MicroCredential: 'Micro-certification',
      Badge: 'Badge',
      Certificate: 'Certificat',
      CertificateOfCompletion: 'Attestation de réussite',
      Certification: 'Certification',
      Course: 'Formation',
      Diploma: 'Diplôme',
      Degree: 'Grade',
      License: 'Licence',
    },
    claims: {
      givenName: 'Prénom',
      familyName: 'Nom de famille',
      name: 'Nom',
      birthName: 'Nom de naissance',
      birthDate: 'Date de naissance',
      birthPlace: 'Lieu de naissance',
      email: 'Adresse électronique',
      identifier: 'Numéro d’apprenant',
      licenseNumber: 'Numéro de licence',
      result: 'Résultats',
      role: 'Rôle',
      narrative: 'Commentaire',
      term: 'Session',
      activityStartDate: 'Début',
      activityEndDate: 'Fin',
      creditsEarned: 'Crédits obtenus',
    },
  },
}

/** The word for a claim; one that is not known is called as the document calls it. */
export function claimWord(name: string, language: Language): string {
  const { claims } = SHEET[language]
  return Object.hasOwn(claims, name) ? (claims[name] ?? name) : name
}
