/** What the linter and the reader of rows say, in French and English: one entry for every code. */

import type { CellCode } from './cells.ts'
import type { CriterionCode, ElementCode, QuestionCode } from './elements.ts'

type Wording = { readonly fr: string; readonly en: string }

export const ELEMENT_TEXTS: Readonly<Record<ElementCode, Wording>> = {
  learner: {
    fr: 'Identification de l’apprenant : une colonne pour son nom ou son prénom',
    en: 'Identification of the learner: a column for the family or given name',
  },
  title: { fr: 'Intitulé de la micro-certification', en: 'Title of the micro-credential' },
  country: {
    fr: 'Pays ou région de l’organisme qui délivre',
    en: 'Country or region of the issuer',
  },
  'awarding-body': { fr: 'Organisme certificateur', en: 'Awarding body' },
  'date-of-issuing': { fr: 'Date de délivrance', en: 'Date of issuing' },
  'learning-outcomes': {
    fr: 'Acquis d’apprentissage : ce que l’apprenant sait, comprend et sait faire',
    en: 'Learning outcomes: what the learner knows, understands and can do',
  },
  workload: {
    fr: 'Charge de travail, en heures ou en crédits ECTS',
    en: 'Notional workload, in hours or ECTS credits',
  },
  level: {
    fr: 'Niveau du cadre européen des certifications (CEC), de 1 à 8',
    en: 'Level of the European Qualifications Framework, 1 to 8',
  },
  'assessment-type': { fr: 'Type d’évaluation', en: 'Type of assessment' },
  'participation-form': {
    fr: 'Forme de participation : à distance, en présentiel, mixte…',
    en: 'Form of participation: online, presential, blended…',
  },
  'quality-assurance': {
    fr: 'Assurance qualité sur laquelle repose la micro-certification (Qualiopi, par exemple)',
    en: 'Quality assurance that underpins the micro-credential',
  },
  prerequisites: { fr: 'Prérequis pour s’inscrire', en: 'Prerequisites to enrol' },
  supervision: {
    fr: 'Surveillance de l’évaluation et vérification de l’identité',
    en: 'Supervision and identity verification during assessment',
  },
  grade: {
    fr: 'Résultat obtenu : une colonne pour au moins un résultat',
    en: 'Grade achieved: a column for at least one result',
  },
  stackability: {
    fr: 'Capitalisation : autonome, ou cumulable vers une autre certification',
    en: 'Stackability: stand-alone, or stackable towards another credential',
  },
  'further-information': { fr: 'Autres informations', en: 'Further information' },
}

export const CRITERION_TEXTS: Readonly<Record<CriterionCode, Wording>> = {
  skills: {
    fr: 'Un bloc de compétences identifiées : des acquis énoncés, et une compétence ESCO ou un code RNCP, RS ou de bloc',
    en: 'A block of identified skills: outcomes stated, and an ESCO skill or a code of a national directory',
  },
  assessment: {
    fr: 'Un protocole d’évaluation : son type, et comment elle se déroule et se note',
    en: 'An assessment protocol: its type, and how it is held and marked',
  },
  proof: {
    fr: 'Une preuve inaltérable : de qui (un nom) et par qui (SIRET, NDA, UAI ou site) ; l’ancrage fait le reste',
    en: 'Unalterable proof: of whom (a name) and by whom (SIRET, NDA, UAI or site); the anchor does the rest',
  },
}

export const QUESTION_TEXTS: Readonly<Record<QuestionCode, Wording>> = {
  'hidable-claim-unusual': {
    fr: 'Sans cette information, le certificat dirait-il encore la même chose ? Si non, ne la rendez pas masquable.',
    en: 'Would the certificate still say the same without this claim? If not, do not make it hidable.',
  },
  'personal-claim-not-hidable': {
    fr: 'Cette information personnelle se verra sur chaque partage. Est-ce voulu ?',
    en: 'This personal claim will show on every share. Is that intended?',
  },
  'national-number': {
    fr: 'Un numéro national d’identité (NIR) est soumis à des règles strictes. Un numéro interne ne suffit-il pas ?',
    en: 'National identity numbers are under strict rules. Would an internal number not do?',
  },
  'name-not-required': {
    fr: 'Aucune colonne de nom n’est obligatoire : une ligne sans nom donnerait un certificat de personne.',
    en: 'No name column is required: a row without a name would give a certificate of nobody.',
  },
  'nothing-tells-learners-apart': {
    fr: 'Sans colonne d’identifiant ni de courriel, un apprenant présent deux fois ne peut être reconnu.',
    en: 'Without a column for an identifier or e-mail, a learner who stands twice cannot be recognised.',
  },
}

export const CELL_TEXTS: Readonly<Record<CellCode, Wording>> = {
  'empty-cell': { fr: 'cellule vide, valeur obligatoire', en: 'empty cell, a value is required' },
  'too-long': { fr: 'texte trop long', en: 'text too long' },
  unprintable: {
    fr: 'caractère de contrôle ou de renversement du texte',
    en: 'a control character, or one that turns the text around',
  },
  invisible: {
    fr: 'rien à voir : la cellule ne contient que des caractères invisibles',
    en: 'nothing to see: the cell holds invisible characters only',
  },
  'several-lines': { fr: 'plusieurs lignes ou une tabulation', en: 'several lines or a tab' },
  'not-an-email': { fr: 'n’est pas une adresse électronique', en: 'not an e-mail address' },
  'not-a-date': {
    fr: 'n’est pas une date du format de la colonne, ni AAAA-MM-JJ',
    en: 'not a date in the column’s format, nor YYYY-MM-DD',
  },
  'not-a-number': { fr: 'n’est pas un nombre', en: 'not a number' },
  'ambiguous-percentage': {
    fr: 'pourcentage ambigu : écrire 95, ou « 95 % » comme texte (un tableur garde 95 % comme 0,95)',
    en: 'ambiguous percentage: write 95, or “95 %” as text (a spreadsheet keeps 95 % as 0.95)',
  },
  'out-of-range': { fr: 'hors des bornes', en: 'out of range' },
  'below-required': {
    fr: 'en dessous du seuil de réussite : cette personne n’est pas certifiée',
    en: 'below what is required to pass: this person is not certified',
  },
  'not-allowed': { fr: 'n’est pas dans la liste des valeurs', en: 'not in the list of values' },
  'ends-before-start': { fr: 'se termine avant de commencer', en: 'ends before it starts' },
}
