/** The choices of a template: every word that the library knows, in the reader's language. */
import type { Template } from '../../../src/index.ts'
import type { Words } from '../../words/language.tsx'

type File = Template['file']
type ColumnOf = File['columns'][number]
type ResultOf = NonNullable<File['results']>[number]
type AssessmentOf = NonNullable<File['assessment']>
type DateFormat = Extract<ColumnOf, { readonly format: string }>['format']

export type Claim = ColumnOf['claim']
export type IdentityType =
  | 'systemId'
  | 'sourcedId'
  | 'sisSourcedId'
  | 'userName'
  | 'accountId'
  | 'nationalIdentityNumber'
  | 'identifier'

export type ChoiceWords = {
  readonly kinds: Readonly<Record<File['achievement']['type'], string>>
  readonly assessments: Readonly<Record<AssessmentOf['types'][number], string>>
  readonly supervisions: Readonly<Record<NonNullable<AssessmentOf['supervision']>, string>>
  readonly participations: Readonly<Record<NonNullable<File['participation']>[number], string>>
  readonly qualities: Readonly<
    Record<NonNullable<File['qualityAssurance']>[number]['type'], string>
  >
  readonly stackabilities: Readonly<Record<NonNullable<File['stackability']>, string>>
  readonly results: Readonly<Record<ResultOf['type'], string>>
  readonly claims: Readonly<Record<Claim, string>>
  readonly formats: Readonly<Record<DateFormat, string>>
  readonly identities: Readonly<Record<IdentityType, string>>
}

export const CHOICES: Words<ChoiceWords> = {
  en: {
    kinds: {
      MicroCredential: 'Micro-credential',
      Achievement: 'Achievement',
      Badge: 'Badge',
      Certificate: 'Certificate',
      CertificateOfCompletion: 'Certificate of completion',
      Certification: 'Certification',
      Competency: 'Competency',
      Course: 'Course',
      Diploma: 'Diploma',
      License: 'Licence',
    },
    assessments: {
      'written-exam': 'Written examination',
      'oral-exam': 'Oral examination',
      practical: 'Practical assessment',
      portfolio: 'Portfolio',
      'project-work': 'Project work',
      artefact: 'Artefact',
      quiz: 'Quiz',
      continuous: 'Continuous evaluation',
      'marked-assignment': 'Marked assignment',
      'peer-assessment': 'Peer assessment',
      'peer-review': 'Peer review',
      'group-performance': 'Group performance',
      'problem-based': 'Problem-based assessment',
      attendance: 'Level of attendance',
    },
    supervisions: {
      unsupervised: 'Unsupervised, identity not verified',
      'unsupervised-identified': 'Unsupervised, identity verified',
      supervised: 'Supervised, identity not verified',
      'supervised-identified': 'Supervised, identity verified',
    },
    participations: {
      online: 'Online',
      presential: 'On site',
      blended: 'Blended',
      workbased: 'At work',
      'project-based': 'By project',
      'research-lab': 'In a laboratory',
    },
    qualities: {
      'institutional-licence': 'The organisation’s licence',
      'programme-licence': 'The programme’s licence',
      'programme-quality': 'The programme’s quality',
      'institutional-quality': 'The organisation’s quality',
    },
    stackabilities: { 'stand-alone': 'Stands alone', stackable: 'Counts towards more' },
    results: {
      RawScore: 'A mark, on a scale of your own',
      ScaledScore: 'A scaled mark',
      GradePointAverage: 'A grade point average',
      Percent: 'A percentage',
      LetterGrade: 'A letter',
      PerformanceLevel: 'A level of performance',
      RubricCriterionLevel: 'A level of a rubric',
      Result: 'A word',
    },
    claims: {
      givenName: 'First name',
      familyName: 'Family name',
      birthName: 'Name at birth',
      birthPlace: 'Place of birth',
      birthDate: 'Date of birth',
      email: 'E-mail address',
      identifier: 'Number of the learner',
      licenseNumber: 'Number of a licence',
      role: 'Role',
      narrative: 'A text about this learner',
      term: 'Term',
      activityStartDate: 'The course began',
      activityEndDate: 'The course ended',
      validFrom: 'Valid from',
      validUntil: 'Valid until',
      awardedDate: 'Awarded on',
      creditsEarned: 'Credits earned',
      result: 'Result',
    },
    formats: {
      'yyyy-mm-dd': '2026-06-15',
      'dd/mm/yyyy': '15/06/2026',
      'mm/dd/yyyy': '06/15/2026',
      'dd.mm.yyyy': '15.06.2026',
    },
    identities: {
      systemId: 'Number in your system',
      sourcedId: 'Number in another system',
      sisSourcedId: 'Number in the student system',
      userName: 'User name',
      accountId: 'Account',
      nationalIdentityNumber: 'National identity number',
      identifier: 'Other number',
    },
  },
  fr: {
    kinds: {
      MicroCredential: 'Micro-certification',
      Achievement: 'Réussite',
      Badge: 'Badge',
      Certificate: 'Certificat',
      CertificateOfCompletion: 'Attestation de suivi',
      Certification: 'Certification',
      Competency: 'Compétence',
      Course: 'Cours',
      Diploma: 'Diplôme',
      License: 'Habilitation',
    },
    assessments: {
      'written-exam': 'Examen écrit',
      'oral-exam': 'Examen oral',
      practical: 'Évaluation pratique',
      portfolio: 'Portfolio',
      'project-work': 'Travail de projet',
      artefact: 'Production',
      quiz: 'Questionnaire',
      continuous: 'Contrôle continu',
      'marked-assignment': 'Devoir noté',
      'peer-assessment': 'Notation par les pairs',
      'peer-review': 'Relecture par les pairs',
      'group-performance': 'Prestation de groupe',
      'problem-based': 'Résolution de problème',
      attendance: 'Assiduité',
    },
    supervisions: {
      unsupervised: 'Sans surveillance, identité non vérifiée',
      'unsupervised-identified': 'Sans surveillance, identité vérifiée',
      supervised: 'Sous surveillance, identité non vérifiée',
      'supervised-identified': 'Sous surveillance, identité vérifiée',
    },
    participations: {
      online: 'À distance',
      presential: 'En présentiel',
      blended: 'Mixte',
      workbased: 'En situation de travail',
      'project-based': 'Par projet',
      'research-lab': 'En laboratoire',
    },
    qualities: {
      'institutional-licence': 'L’habilitation de l’organisme',
      'programme-licence': 'L’habilitation du programme',
      'programme-quality': 'La qualité du programme',
      'institutional-quality': 'La qualité de l’organisme',
    },
    stackabilities: {
      'stand-alone': 'Autonome',
      stackable: 'Cumulable vers une autre certification',
    },
    results: {
      RawScore: 'Une note, sur votre barème',
      ScaledScore: 'Une note normalisée',
      GradePointAverage: 'Une moyenne',
      Percent: 'Un pourcentage',
      LetterGrade: 'Une lettre',
      PerformanceLevel: 'Un niveau de maîtrise',
      RubricCriterionLevel: 'Un niveau d’une grille',
      Result: 'Un mot',
    },
    claims: {
      givenName: 'Prénom',
      familyName: 'Nom',
      birthName: 'Nom de naissance',
      birthPlace: 'Lieu de naissance',
      birthDate: 'Date de naissance',
      email: 'Adresse électronique',
      identifier: 'Numéro de l’apprenant',
      licenseNumber: 'Numéro d’une habilitation',
      role: 'Rôle',
      narrative: 'Un texte sur cet apprenant',
      term: 'Période',
      activityStartDate: 'Début de la formation',
      activityEndDate: 'Fin de la formation',
      validFrom: 'Valable à partir du',
      validUntil: 'Valable jusqu’au',
      awardedDate: 'Décerné le',
      creditsEarned: 'Crédits obtenus',
      result: 'Résultat',
    },
    formats: {
      'yyyy-mm-dd': '2026-06-15',
      'dd/mm/yyyy': '15/06/2026',
      'mm/dd/yyyy': '06/15/2026',
      'dd.mm.yyyy': '15.06.2026',
    },
    identities: {
      systemId: 'Numéro dans votre système',
      sourcedId: 'Numéro dans un autre système',
      sisSourcedId: 'Numéro dans le système scolaire',
      userName: 'Nom d’utilisateur',
      accountId: 'Compte',
      nationalIdentityNumber: 'Numéro national d’identité',
      identifier: 'Autre numéro',
    },
  },
}
