import type { Words } from '../../words/language.tsx'
import type { Counted } from './counts.ts'
import type { RangeName } from './days.ts'

type StatisticsWords = {
  readonly about: string
  readonly range: string
  readonly ranges: Readonly<Record<RangeName, string>>
  readonly template: string
  readonly allTemplates: string
  readonly noTemplate: string
  readonly counted: Readonly<Record<Counted, string>>
  readonly explained: Readonly<Record<Counted, string>>
  readonly period: (from: string, to: string) => string
  /** Of so many days. */
  readonly compared: (days: string) => string
  readonly change: (change: string, before: string) => string
  readonly same: string
  readonly fromNothing: string
  readonly overTime: string
  readonly view: string
  readonly views: Readonly<Record<'charts' | 'table', string>>
  readonly chart: (what: string) => string
  readonly units: Readonly<Record<'day' | 'week' | 'month', string>>
  readonly summary: (total: string, most: string, when: string) => string
  readonly nothing: string
  readonly keys: string
  readonly when: string
  readonly perTemplate: string
  readonly perTemplateAbout: string
  readonly total: string
  readonly more: (count: string) => string
  readonly save: string
  readonly saveTemplates: string
  readonly file: string
  readonly templatesFile: string
  readonly dayColumn: string
  readonly emptyTitle: string
  readonly empty: string
  readonly emptyAction: string
}

export const STATISTICS: Words<StatisticsWords> = {
  en: {
    about:
      'Counted without cookies or addresses: numbers, and nothing of who. Days begin at midnight UTC.',
    range: 'Range',
    ranges: { '30': '30 days', '90': '90 days', year: 'A year', all: 'All' },
    template: 'Template',
    allTemplates: 'All templates',
    noTemplate: 'Without a stored template',
    counted: {
      issued: 'Issued',
      opened: 'Opened',
      shared: 'Shared',
      shareOpened: 'Shares opened',
      verified: 'Verified',
      revoked: 'Revoked',
    },
    explained: {
      issued: 'Certificates whose batch became final.',
      opened: 'Times that holders opened their certificate.',
      shared: 'Public pages that holders made.',
      shareOpened: 'Times that shared pages were opened.',
      verified: 'Verifications by this server. Those that run in a browser tell nobody.',
      revoked: 'Certificates revoked from here.',
    },
    period: (from, to) => `${from} to ${to}`,
    compared: (days) => `, compared with the ${days} days before`,
    change: (change, before) => `${change} (${before} before)`,
    same: 'As many as before',
    fromNothing: 'None before',
    overTime: 'Over time',
    view: 'View',
    views: { charts: 'Charts', table: 'Table' },
    chart: (what) => `${what} over time`,
    units: { day: 'by day', week: 'by week', month: 'by month' },
    summary: (total, most, when) => `${total} in all. Most: ${most} (${when}).`,
    nothing: 'Nothing in this range.',
    keys: 'Read bar by bar with the arrow keys',
    when: 'When',
    perTemplate: 'By template',
    perTemplateAbout: 'All versions of a template count together.',
    total: 'Total',
    more: (count) => `Show ${count} more`,
    save: 'Save as CSV',
    saveTemplates: 'Save by template',
    file: 'statistics',
    templatesFile: 'statistics-by-template',
    dayColumn: 'Day',
    emptyTitle: 'Nothing to count yet',
    empty:
      'Once certificates are issued, this place shows how often they are opened, shared and verified.',
    emptyAction: 'Issue a batch',
  },
  fr: {
    about:
      'Compté sans cookies ni adresses : des nombres, et rien sur les personnes. Les jours commencent à minuit UTC.',
    range: 'Période',
    ranges: { '30': '30 jours', '90': '90 jours', year: 'Un an', all: 'Tout' },
    template: 'Modèle',
    allTemplates: 'Tous les modèles',
    noTemplate: 'Sans modèle conservé',
    counted: {
      issued: 'Émis',
      opened: 'Ouverts',
      shared: 'Partagés',
      shareOpened: 'Partages ouverts',
      verified: 'Vérifiés',
      revoked: 'Révoqués',
    },
    explained: {
      issued: 'Certificats dont le lot est devenu définitif.',
      opened: 'Ouvertures de certificats par leurs titulaires.',
      shared: 'Pages publiques créées par les titulaires.',
      shareOpened: 'Ouvertures de pages partagées.',
      verified:
        'Vérifications par ce serveur. Celles qui se font dans un navigateur ne le disent à personne.',
      revoked: 'Certificats révoqués d’ici.',
    },
    period: (from, to) => `Du ${from} au ${to}`,
    compared: (days) => `, par rapport aux ${days} jours précédents`,
    change: (change, before) => `${change} (${before} avant)`,
    same: 'Autant qu’avant',
    fromNothing: 'Aucun avant',
    overTime: 'Dans le temps',
    view: 'Vue',
    views: { charts: 'Graphiques', table: 'Tableau' },
    chart: (what) => `${what} dans le temps`,
    units: { day: 'par jour', week: 'par semaine', month: 'par mois' },
    summary: (total, most, when) => `${total} en tout. Maximum : ${most} (${when}).`,
    nothing: 'Rien sur cette période.',
    keys: 'À lire barre par barre avec les flèches',
    when: 'Quand',
    perTemplate: 'Par modèle',
    perTemplateAbout: 'Toutes les versions d’un modèle comptent ensemble.',
    total: 'Total',
    more: (count) => `En afficher ${count} de plus`,
    save: 'Enregistrer en CSV',
    saveTemplates: 'Enregistrer par modèle',
    file: 'statistiques',
    templatesFile: 'statistiques-par-modele',
    dayColumn: 'Jour',
    emptyTitle: 'Rien à compter encore',
    empty:
      'Dès que des certificats sont émis, on voit ici combien de fois ils sont ouverts, partagés et vérifiés.',
    emptyAction: 'Émettre un lot',
  },
}
