import type { Words } from '../words/language.tsx'
import type { PlaceName } from './place.ts'

type FrameWords = {
  readonly skip: string
  readonly places: string
  readonly names: Readonly<Record<PlaceName, string>>
  readonly key: string
  readonly signOut: string
}

export const FRAME: Words<FrameWords> = {
  en: {
    skip: 'Skip to the content',
    places: 'Places of the console',
    names: {
      batches: 'Batches',
      templates: 'Templates',
      certificates: 'Certificates',
      statistics: 'Statistics',
      settings: 'Settings',
    },
    key: 'Key:',
    signOut: 'Sign out',
  },
  fr: {
    skip: 'Aller au contenu',
    places: 'Rubriques de la console',
    names: {
      batches: 'Lots',
      templates: 'Modèles',
      certificates: 'Certificats',
      statistics: 'Statistiques',
      settings: 'Réglages',
    },
    key: 'Clé :',
    signOut: 'Se déconnecter',
  },
}
