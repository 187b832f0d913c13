import type { Words } from '../words/language.tsx'

export const BADGE: Words<{ readonly certificate: string }> = {
  en: { certificate: 'Certificate' },
  fr: { certificate: 'Certificat' },
}
