import type { Words } from '../../words/language.tsx'

type SettingsWords = {
  readonly title: string
  readonly lead: string
  readonly parts: {
    readonly profile: string
    readonly keys: string
    readonly webhooks: string
    readonly audit: string
    readonly server: string
  }
}

export const SETTINGS: Words<SettingsWords> = {
  en: {
    title: 'Settings',
    lead: 'How the organisation appears, who may work for it, and who did what.',
    parts: {
      profile: 'Profile',
      keys: 'API keys',
      webhooks: 'Webhooks',
      audit: 'Audit log',
      server: 'Session and server',
    },
  },
  fr: {
    title: 'Réglages',
    lead: 'Comment l’organisme apparaît, qui peut travailler pour lui, et qui a fait quoi.',
    parts: {
      profile: 'Profil',
      keys: 'Clés d’API',
      webhooks: 'Webhooks',
      audit: 'Journal d’audit',
      server: 'Session et serveur',
    },
  },
}
