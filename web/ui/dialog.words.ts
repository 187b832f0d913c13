import type { Words } from '../words/language.tsx'

export const DIALOG: Words<{ readonly close: string }> = {
  en: { close: 'Close' },
  fr: { close: 'Fermer' },
}
