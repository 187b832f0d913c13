import type { Words } from '../words/language.tsx'

export const PRINT: Words<string> = { en: 'Print', fr: 'Imprimer' }
