import type { Words } from '../words/language.tsx'

export const FRAME: Words<{ readonly skip: string }> = {
  en: { skip: 'Skip to the content' },
  fr: { skip: 'Aller au contenu' },
}
