import type { Words } from '../words/language.tsx'

export const COPY: Words<{
  readonly copy: string
  readonly copied: string
  readonly failed: string
}> = {
  en: { copy: 'Copy', copied: 'Copied', failed: 'The browser does not let this be copied.' },
  fr: { copy: 'Copier', copied: 'Copié', failed: 'Le navigateur ne permet pas de copier.' },
}
