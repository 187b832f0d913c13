import type { Words } from '../words/language.tsx'

export const PRINTED: Words<{ readonly code: string }> = {
  en: { code: 'QR code that leads to {address}' },
  fr: { code: 'Code QR qui mène à {address}' },
}
