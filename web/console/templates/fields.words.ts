/** Labels and hints of the template's fields. */
import type { Words } from '../../words/language.tsx'
import { FIELDS_EN } from './fields-en.words.ts'
import type { FieldName, FieldWords } from './fields-en.words.ts'

const PAGE = { wrong: 'Une adresse qui commence par https://' }
const DAY = { wrong: 'Un jour du calendrier' }

export const FIELDS: Words<Readonly<Record<FieldName, FieldWords>>> = {
  en: FIELDS_EN,
  fr: {
    '/language': { label: 'Langue du certificat' },
    '/achievement/name': {
      label: 'Intitulé',
      hint: 'Ce que l’apprenant sait maintenant faire, tel qu’il se lira sur le certificat.',
    },
    '/achievement/description': {
      label: 'Description',
      hint: 'Deux ou trois phrases : de quoi il s’agit, et pour qui.',
    },
    '/achievement/type': { label: 'Nature' },
    '/achievement/id': {
      label: 'Identifiant',
      hint: 'Le même dans toutes les versions. Une adresse de votre site, ou celle proposée ici.',
      wrong: 'Une adresse du type https://… ou urn:uuid:…',
    },
    '/achievement/image/url': {
      label: 'Image du badge',
      hint: 'Adresse d’un fichier PNG ou SVG.',
      ...PAGE,
    },
    '/achievement/version': { label: 'Version' },
    '/achievement/code': { label: 'Code interne' },
    '/achievement/fieldOfStudy': { label: 'Domaine de formation' },
    '/achievement/specialization': { label: 'Spécialité' },
    '/achievement/criteria/narrative': {
      label: 'Conditions d’obtention',
      hint: 'Ce qu’il faut avoir réussi : notes, assiduité, règles.',
    },
    '/achievement/criteria/url': { label: 'Page des conditions', ...PAGE },
    '/learningOutcomes/*/name': { label: 'L’apprenant sait…' },
    '/learningOutcomes/*/description': { label: 'Plus précisément' },
    '/skills/*/name': { label: 'Compétence' },
    '/skills/*/esco': {
      label: 'Son adresse ESCO',
      hint: 'Copiée depuis le portail européen des compétences.',
      wrong: 'L’adresse d’une compétence : http://data.europa.eu/esco/skill/…',
    },
    '/franceCompetences/rncp': { label: 'RNCP', wrong: 'RNCP et un numéro : RNCP12345' },
    '/franceCompetences/rs': {
      label: 'Répertoire spécifique',
      wrong: 'RS et un numéro : RS1234',
    },
    '/franceCompetences/blocks/*/code': {
      label: 'Code du bloc',
      wrong: 'Le code de la certification, BC et deux chiffres : RNCP12345BC02',
    },
    '/franceCompetences/blocks/*/name': { label: 'Intitulé du bloc' },
    '/level/eqf': {
      label: 'Niveau européen (CEC)',
      hint: 'De 1 à 8 ; un CAP est au niveau 3, un master au niveau 7.',
    },
    '/workload/hours': {
      label: 'Heures de travail',
      hint: 'Préparation et évaluation comprises.',
      wrong: 'Un nombre d’heures',
    },
    '/workload/ects': { label: 'Crédits ECTS', wrong: 'Un nombre de crédits' },
    '/prerequisites': { label: 'Prérequis' },
    '/stackability': { label: 'Autonome, ou cumulable' },
    '/assessment/protocol': {
      label: 'Déroulement de l’évaluation',
      hint: 'Comment elle se déroule, qui note, sur quel barème, comment l’identité est vérifiée.',
    },
    '/assessment/supervision': { label: 'Surveillance' },
    '/results/*/name': { label: 'Nom du résultat' },
    '/results/*/type': { label: 'Exprimé en' },
    '/results/*/min': { label: 'Minimum', wrong: 'Un nombre' },
    '/results/*/max': { label: 'Maximum', wrong: 'Un nombre supérieur au minimum' },
    '/results/*/required': {
      label: 'Seuil de réussite',
      hint: 'Une ligne en dessous est refusée.',
      wrong: 'Dans le barème, ou l’une des valeurs',
    },
    '/results/*/allowed': {
      label: 'Valeurs, de la plus basse à la plus haute',
      hint: 'Une par ligne.',
    },
    '/qualityAssurance/*/name': {
      label: 'Ce qui garantit la qualité',
      hint: 'Qualiopi, par exemple.',
    },
    '/qualityAssurance/*/url': { label: 'Page correspondante', ...PAGE },
    '/qualityAssurance/*/type': { label: 'Cela concerne' },
    '/qualityAssurance/*/code': { label: 'Numéro du certificat' },
    '/issuer/name': { label: 'Nom de l’organisme' },
    '/issuer/address/country': { label: 'Pays' },
    '/issuer/url': { label: 'Site web', ...PAGE },
    '/issuer/email': { label: 'Courriel pour les questions', wrong: 'Une adresse électronique' },
    '/issuer/siret': { label: 'SIRET', wrong: '14 chiffres ; le dernier contrôle les autres' },
    '/issuer/nda': {
      label: 'Déclaration d’activité (NDA)',
      wrong: '11 caractères : 11930000093',
    },
    '/issuer/uai': { label: 'UAI', wrong: 'Sept chiffres et une lettre : 0931234A' },
    '/issuer/description': { label: 'En une phrase' },
    '/issuer/address/street': { label: 'Rue' },
    '/issuer/address/postalCode': { label: 'Code postal' },
    '/issuer/address/locality': { label: 'Ville' },
    '/validity/duration': {
      label: 'Durée de validité',
      hint: 'Vide : sans limite.',
      wrong: 'Un nombre d’années, de mois ou de jours ; ou bien un dernier jour, pas les deux',
    },
    '/validity/until': { label: 'Valable jusqu’au', ...DAY },
    '/validity/from': {
      label: 'Valable à partir du',
      hint: 'Vide : le jour de la délivrance.',
      ...DAY,
    },
    '/validity/utcOffset': {
      label: 'Décalage horaire',
      hint: 'Celui de votre heure par rapport à UTC.',
      wrong: 'Z, ou heures et minutes : +01:00',
    },
    '/activity/start': { label: 'Début de la formation', ...DAY },
    '/activity/end': { label: 'Fin de la formation', ...DAY },
    '/awarded': { label: 'Décerné le', ...DAY },
    '/furtherInformation': { label: 'Autres informations' },
    '/columns/*/column': {
      label: 'Colonne du fichier',
      wrong: 'Un nom sur une ligne, qu’aucune autre colonne ne porte',
    },
    '/columns/*/claim': { label: 'Remplit', wrong: 'Une autre colonne le remplit déjà' },
    '/columns/*/format': { label: 'Dates écrites' },
    '/columns/*/identityType': {
      label: 'Type de numéro',
      wrong: 'L’un des types, ou ext: et un mot',
    },
    '/columns/*/result': { label: 'Quel résultat', wrong: 'Ce résultat n’existe plus' },
  },
}
