import type { FormatCode } from '../../../src/index.ts'
import type { Words } from '../../words/language.tsx'

type EditorWords = {
  readonly one: string
  readonly newTitle: string
  readonly back: string
  readonly save: string
  readonly saved: string
  readonly saving: string
  readonly savedVersion: string
  readonly preview: string
  readonly exportFile: string
  readonly duplicate: string
  readonly remove: string
  readonly more: string
  readonly missing: string
  readonly unfit: string
  readonly wrong: Readonly<Partial<Record<FormatCode, string>>>
  readonly none: string
  readonly unit: string
  readonly units: { readonly years: string; readonly months: string; readonly days: string }
  readonly draftKept: string
  readonly discard: string
  readonly cannotSave: (count: number) => string
  readonly incomplete: string
  readonly readOnly: string
  readonly version: (number: number) => string
  readonly superseded: string
  readonly archived: string
  readonly deleteTitle: (name: string) => string
  readonly deleteText: string
  readonly deleteVerb: string
  readonly deleted: string
  readonly newer: string
  readonly openNewest: string
  readonly parts: string
  readonly partLacks: (count: string) => string
}

export const EDITOR: Words<EditorWords> = {
  en: {
    one: 'Template',
    newTitle: 'New template',
    back: 'Templates',
    save: 'Save template',
    saved: 'The template is saved.',
    saving: 'Saving…',
    savedVersion: 'Saved as a new version. Certificates issued before stay as they are.',
    preview: 'Preview',
    exportFile: 'Export',
    duplicate: 'Duplicate',
    remove: 'Remove',
    more: 'Further details',
    missing: 'This is needed.',
    unfit: 'This does not fit here.',
    wrong: {
      'out-of-range': 'This is too long, or out of range.',
      'wrong-type': 'This is not a number.',
      'bad-time': 'This is no day of the calendar.',
    },
    none: 'None chosen',
    unit: 'Years, months or days',
    units: { years: 'years', months: 'months', days: 'days' },
    draftKept: 'What is entered is kept in this browser until it is saved.',
    discard: 'Discard changes',
    cannotSave: (count) =>
      count === 1 ? 'One field needs attention first.' : `${count} fields need attention first.`,
    incomplete:
      'This can be saved now and completed later. Certificates are issued once the mandatory elements are there.',
    readOnly: 'This version can be looked at, exported and duplicated.',
    version: (number) => `Version ${number}`,
    superseded: 'A newer version of this template exists.',
    archived: 'This template was deleted, and issues nothing any more.',
    deleteTitle: (name) => `Delete the template “${name}”`,
    deleteText:
      'Nothing is issued with it any more, in any of its versions. Certificates that were issued with it stay as they are.',
    deleteVerb: 'Delete',
    deleted: 'The template is deleted.',
    newer: 'Somebody saved a newer version meanwhile. What is entered here is not lost.',
    openNewest: 'See the templates',
    parts: 'Parts of the template',
    partLacks: (count) => `, still to do: ${count}`,
  },
  fr: {
    one: 'Modèle',
    newTitle: 'Nouveau modèle',
    back: 'Modèles',
    save: 'Enregistrer',
    saved: 'Le modèle est enregistré.',
    saving: 'Enregistrement…',
    savedVersion: 'Enregistré comme nouvelle version. Les certificats déjà émis restent inchangés.',
    preview: 'Aperçu',
    exportFile: 'Exporter',
    duplicate: 'Dupliquer',
    remove: 'Retirer',
    more: 'Autres précisions',
    missing: 'À renseigner.',
    unfit: 'Cela ne convient pas ici.',
    wrong: {
      'out-of-range': 'Trop long, ou hors limites.',
      'wrong-type': 'Ce n’est pas un nombre.',
      'bad-time': 'Ce n’est pas un jour du calendrier.',
    },
    none: 'Aucun choix',
    unit: 'Années, mois ou jours',
    units: { years: 'ans', months: 'mois', days: 'jours' },
    draftKept: 'La saisie est conservée dans ce navigateur jusqu’à l’enregistrement.',
    discard: 'Abandonner les modifications',
    cannotSave: (count) =>
      count === 1 ? 'Un champ est à revoir d’abord.' : `${count} champs sont à revoir d’abord.`,
    incomplete:
      'L’enregistrement est possible dès maintenant. L’émission le sera quand les éléments obligatoires seront là.',
    readOnly: 'Cette version peut être consultée, exportée et dupliquée.',
    version: (number) => `Version ${number}`,
    superseded: 'Il existe une version plus récente de ce modèle.',
    archived: 'Ce modèle a été supprimé et n’émet plus rien.',
    deleteTitle: (name) => `Supprimer le modèle «\u202f${name}\u202f»`,
    deleteText:
      'Plus rien ne sera émis avec lui, dans aucune de ses versions. Les certificats déjà émis restent inchangés.',
    deleteVerb: 'Supprimer',
    deleted: 'Le modèle est supprimé.',
    newer:
      'Une version plus récente a été enregistrée entre-temps. La saisie faite ici n’est pas perdue.',
    openNewest: 'Voir les modèles',
    parts: 'Parties du modèle',
    partLacks: (count) => `, reste à faire : ${count}`,
  },
}
