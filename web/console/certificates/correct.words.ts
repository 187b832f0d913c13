import type { Words } from '../../words/language.tsx'

type CorrectWords = {
  readonly title: string
  readonly back: string
  readonly about: string
  readonly template: string
  readonly templateHint: string
  readonly chooseTemplate: string
  readonly noTemplateTitle: string
  readonly noTemplate: string
  readonly toTemplates: string
  readonly notShown: string
  readonly now: string
  readonly corrected: string
  readonly empty: string
  readonly required: string
  readonly changed: string
  readonly isDay: (format: string) => string
  readonly verb: string
  readonly unchanged: string
  readonly changes: (count: string) => string
  readonly sureTitle: string
  readonly sure: readonly string[]
  readonly sureVerb: string
  readonly faults: string
}

export const CORRECT: Words<CorrectWords> = {
  en: {
    title: 'Correct a certificate',
    back: 'Certificate',
    about: 'A corrected certificate is issued; once it is final, this one is revoked.',
    template: 'Template',
    templateHint: 'Of which the corrected certificate is made.',
    chooseTemplate: 'Choose a template',
    noTemplateTitle: 'No template to correct with',
    noTemplate:
      'A corrected certificate is made of a template that is kept here. Please add the one that this certificate was made of.',
    toTemplates: 'Go to the templates',
    notShown:
      'The key that is signed in may not read certificates, so only what finds the learner is filled in. Please fill in every field.',
    now: 'Now',
    corrected: 'Corrected',
    empty: 'empty',
    required: 'required',
    changed: 'changed',
    isDay: (format) => `Day, as ${format}`,
    verb: 'Review the correction',
    unchanged: 'Nothing is changed yet.',
    changes: (count) => `Fields changed: ${count}`,
    sureTitle: 'Correct and replace',
    sure: [
      'A new certificate is issued with these values.',
      'Once it is final, the old one is revoked for good.',
      'The learner’s old link leads to the new certificate by itself.',
    ],
    sureVerb: 'Correct and replace',
    faults: 'Please look at the fields that are marked.',
  },
  fr: {
    title: 'Corriger un certificat',
    back: 'Certificat',
    about: 'Un certificat corrigé est émis ; dès qu’il est définitif, celui-ci est révoqué.',
    template: 'Modèle',
    templateHint: 'À partir duquel le certificat corrigé est établi.',
    chooseTemplate: 'Choisir un modèle',
    noTemplateTitle: 'Aucun modèle pour corriger',
    noTemplate:
      'Un certificat corrigé est établi à partir d’un modèle conservé ici. Merci d’ajouter celui de ce certificat.',
    toTemplates: 'Aller aux modèles',
    notShown:
      'La clé connectée ne peut pas lire les certificats : seul ce qui identifie l’apprenant est rempli. Merci de remplir chaque champ.',
    now: 'Actuel',
    corrected: 'Corrigé',
    empty: 'vide',
    required: 'obligatoire',
    changed: 'modifié',
    isDay: (format) => `Jour, au format ${format}`,
    verb: 'Relire la correction',
    unchanged: 'Rien n’est encore modifié.',
    changes: (count) => `Champs modifiés : ${count}`,
    sureTitle: 'Corriger et remplacer',
    sure: [
      'Un nouveau certificat est émis avec ces valeurs.',
      'Dès qu’il est définitif, l’ancien est révoqué sans retour.',
      'L’ancien lien de l’apprenant conduit de lui-même au nouveau certificat.',
    ],
    sureVerb: 'Corriger et remplacer',
    faults: 'Merci de regarder les champs signalés.',
  },
}
