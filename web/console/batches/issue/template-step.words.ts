import type { Words } from '../../../words/language.tsx'

type TemplateStepWords = {
  readonly label: string
  readonly choose: string
  readonly none: string
  readonly make: string
  readonly incomplete: string
  readonly allow: string
  readonly look: string
  readonly version: (version: number) => string
}

export const TEMPLATE_STEP: Words<TemplateStepWords> = {
  en: {
    label: 'What is certified',
    choose: 'Choose a template',
    none: 'There is no template yet. It says what is certified, and which column of a table fills what.',
    make: 'Make a template',
    incomplete:
      'This template lacks elements that the European recommendation on micro-credentials asks for.',
    allow: 'Issue although it is incomplete',
    look: 'See what it lacks',
    version: (version) => `version ${version}`,
  },
  fr: {
    label: 'Ce qui est certifié',
    choose: 'Choisir un modèle',
    none: 'Il n’y a pas encore de modèle. Il dit ce qui est certifié, et quelle colonne du tableau remplit quoi.',
    make: 'Créer un modèle',
    incomplete:
      'Il manque à ce modèle des éléments que demande la recommandation européenne sur les microcertifications.',
    allow: 'Émettre bien qu’il soit incomplet',
    look: 'Voir ce qui manque',
    version: (version) => `version ${version}`,
  },
}
