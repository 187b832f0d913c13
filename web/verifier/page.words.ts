import type { Words } from '../words/language.tsx'

export const PAGE: Words<{
  readonly title: string
  readonly lead: string
  readonly document: string
}> = {
  en: {
    title: 'Verify a certificate',
    lead: 'It is checked here, in this browser. What is checked is sent to nobody.',
    document: 'Verify a certificate · Inaltera',
  },
  fr: {
    title: 'Vérifier un certificat',
    lead: 'Tout se vérifie ici, dans ce navigateur. Ce qui est vérifié n’est envoyé à personne.',
    document: 'Vérifier un certificat · Inaltera',
  },
}
