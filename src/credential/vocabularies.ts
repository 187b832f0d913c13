/**
 * Concepts of the European Learning Model that a template names by a short word: https://europa.eu/europass, authority
 * tables `assessment`, `learning-assessment` (mode), `supervision-verification`, `accreditation`, `eqf`,
 * `education-credit` (scheme URIs end in `/25831c2`).
 */

export type Concept = { readonly id: string; readonly fr: string; readonly en: string }

const SNB = 'http://data.europa.eu/snb'

export const ASSESSMENT_TYPES = {
  'written-exam': concept('assessment/6e6cb2cc78', 'Examen écrit', 'Written examination'),
  'oral-exam': concept('assessment/d30284d7df', 'Examen oral', 'Oral examination'),
  practical: concept('assessment/6a4db9f11d', 'Évaluation pratique', 'Practical assessment'),
  portfolio: concept('assessment/4f03b91c0e', 'Portfolio', 'Portfolio'),
  'project-work': concept('assessment/795dac4096', 'Travail de projet', 'Project work'),
  artefact: concept('assessment/de4d165a6c', 'Production', 'Artefact'),
  quiz: concept('assessment/b1b68f6735', 'Questionnaire', 'Quiz'),
  continuous: concept('assessment/3484bd7e51', 'Contrôle continu', 'Continuous evaluation'),
  'marked-assignment': concept('assessment/2939dae15f', 'Devoir noté', 'Marked assignment'),
  'peer-assessment': concept('assessment/19a2e5e671', 'Notation par les pairs', 'Peer assessment'),
  'peer-review': concept('assessment/812e3b0ae1', 'Relecture par les pairs', 'Peer review'),
  'group-performance': concept(
    'assessment/56539a6507',
    'Prestation de groupe',
    'Group performance',
  ),
  'problem-based': concept(
    'assessment/c4256a2726',
    'Résolution de problème',
    'Problem-based assessment',
  ),
  attendance: concept('assessment/7331eb4762', 'Assiduité', 'Level of attendance'),
} as const

export const PARTICIPATION_FORMS = {
  online: concept('learning-assessment/920fbb3cbe', 'À distance', 'Online'),
  presential: concept('learning-assessment/9191af2ed9', 'En présentiel', 'Presential'),
  blended: concept('learning-assessment/e92d221e4d', 'Mixte', 'Blended'),
  workbased: concept('learning-assessment/729f3bed4b', 'En situation de travail', 'Work-based'),
  'project-based': concept('learning-assessment/7813801c77', 'Par projet', 'Project-based'),
  'research-lab': concept('learning-assessment/ed4c557045', 'En laboratoire', 'Research-lab based'),
} as const

/** The table has no concept for a supervised assessment without identity verification: that one is ours. */
export const SUPERVISIONS = {
  unsupervised: concept(
    'supervision-verification/c598449d64',
    'Sans surveillance, identité non vérifiée',
    'Unsupervised, identity not verified',
  ),
  'unsupervised-identified': concept(
    'supervision-verification/df2880c5cb',
    'Sans surveillance, identité vérifiée',
    'Unsupervised, identity verified',
  ),
  supervised: {
    id: 'https://w3id.org/inaltera/v1#supervised-identity-not-verified',
    fr: 'Sous surveillance, identité non vérifiée',
    en: 'Supervised, identity not verified',
  },
  'supervised-identified': concept(
    'supervision-verification/70be69aaf9',
    'Sous surveillance, identité vérifiée',
    'Supervised, identity verified',
  ),
} as const

export const QUALITY_TYPES = {
  'institutional-licence': concept(
    'accreditation/003293d2ce',
    'Habilitation de l’organisme',
    'Institutional licence',
  ),
  'programme-licence': concept(
    'accreditation/e57dddfcf3',
    'Habilitation du programme',
    'Programme licence',
  ),
  'programme-quality': concept(
    'accreditation/820101cba6',
    'Assurance qualité du programme',
    'Programme quality assurance',
  ),
  'institutional-quality': concept(
    'accreditation/bb4618238e',
    'Assurance qualité de l’organisme',
    'Institutional quality assurance',
  ),
} as const

export type AssessmentType = keyof typeof ASSESSMENT_TYPES
export type ParticipationForm = keyof typeof PARTICIPATION_FORMS
export type Supervision = keyof typeof SUPERVISIONS
export type QualityType = keyof typeof QUALITY_TYPES

export const ECTS = `${SNB}/education-credit/6fcec5c5af`

/** The concept of a level of the European Qualifications Framework, 1 to 8. */
export function eqfUri(level: number): string {
  return `${SNB}/eqf/${level}`
}

/** The name of a concept in a template's language; English for all but French. */
export function labelOf(concept: Concept, language: string): string {
  return language === 'fr' || language.startsWith('fr-') ? concept.fr : concept.en
}

function concept(path: string, fr: string, en: string): Concept {
  return { id: `${SNB}/${path}`, fr, en }
}
