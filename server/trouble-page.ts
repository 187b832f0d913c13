/**
 * The page for who opens an address while the server cannot answer: words alone, in one piece, as nothing else can be
 * relied on then. What stands behind `#` stays in the address bar, so that reading the page anew opens what was meant.
 */

import { createHash } from 'node:crypto'
import type { Request, Response } from 'express'
import type { Language } from '../src/index.ts'

type Trouble = 'busy' | 'fault' | 'away'

type TroubleWords = {
  readonly titles: Readonly<Record<Trouble, string>>
  readonly why: Readonly<Record<Trouble, string>>
  readonly again: string
  /** Seconds. */
  readonly againIn: (seconds: number) => string
  readonly valid: string
  readonly number: string
}

const WORDS: Readonly<Record<Language, TroubleWords>> = {
  en: {
    titles: {
      busy: 'Too many requests at once',
      fault: 'Something went wrong here',
      away: 'This site cannot answer just now',
    },
    why: {
      busy: 'Many pages were opened from your connection in a short time.',
      fault: 'The mistake is ours, and has been noted.',
      away: 'Something that it needs is not there at the moment.',
    },
    again: 'Reload this page in a moment.',
    againIn: (seconds) =>
      `Reload this page in ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`,
    valid: 'Certificates do not depend on this site: they stay as valid as they are.',
    number: 'Number of this request:',
  },
  fr: {
    titles: {
      busy: 'Trop de demandes à la fois',
      fault: 'Un problème est survenu ici',
      away: 'Ce site ne peut pas répondre pour l’instant',
    },
    why: {
      busy: 'Beaucoup de pages ont été ouvertes depuis votre connexion en peu de temps.',
      fault: 'L’erreur vient de nous, et elle a été notée.',
      away: 'Il lui manque en ce moment quelque chose dont il a besoin.',
    },
    again: 'Rechargez cette page dans un instant.',
    againIn: (seconds) =>
      `Rechargez cette page dans ${seconds === 1 ? 'une seconde' : `${seconds} secondes`}.`,
    valid:
      'Les certificats ne dépendent pas de ce site\u202f: ils restent aussi valides qu’ils le sont.',
    number: 'Numéro de cette demande\u202f:',
  },
}

const STYLE = `
:root { color-scheme: light dark; --ground: #eef0f2; --surface: #fff; --line: #d5d9dd; --ink: #1b1f24; --quiet: #4f5863 }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14181d; --surface: #1d232a; --line: #37414c; --ink: #eceff2; --quiet: #b3bcc6 }
}
body { margin: 0; padding: 10vh 16px; background: var(--ground); color: var(--ink);
  font: 17px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif }
main { max-width: 56ch; margin: 0 auto; padding: 32px; border: 1px solid var(--line); border-radius: 10px;
  background: var(--surface) }
h1 { margin: 0 0 16px; font-size: 1.5rem; line-height: 1.25 }
p { margin: 0 0 8px }
.quiet { margin: 24px 0 0; color: var(--quiet); font-size: 0.875rem; overflow-wrap: anywhere }
`

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

function policyOf(frames: "'none'" | '*'): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frames}`,
  ].join('; ')
}

type Told = {
  readonly status: number
  /** Seconds. */
  readonly retryAfter: number | undefined
  /** Whether other sites may frame what stands at the address. */
  readonly isFramed: boolean
}

/** Whether this status is told to readers by such a page. */
export function isTrouble(status: number): boolean {
  return status === 429 || status >= 500
}

/** Answers with the page, in the reader's language as far as there is one of ours. */
export function sendTrouble(
  request: Request,
  response: Response,
  { status, retryAfter, isFramed }: Told,
): void {
  const wanted = request.acceptsLanguages('en', 'fr')
  const language = wanted === 'fr' ? 'fr' : 'en'
  const words = WORDS[language]
  const trouble = status === 429 ? 'busy' : status === 503 ? 'away' : 'fault'
  const again = retryAfter === undefined ? words.again : words.againIn(retryAfter)
  const id = String(response.getHeader('x-request-id'))
  if (isFramed) response.removeHeader('x-frame-options')
  response.setHeader('content-security-policy', policyOf(isFramed ? '*' : "'none'"))
  response.setHeader('cache-control', 'no-store')
  response.vary('accept, accept-language')
  response.status(status).type('html').send(`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.titles[trouble]} · Inaltera</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${words.titles[trouble]}</h1>
<p>${words.why[trouble]} ${again}</p>
<p>${words.valid}</p>
<p class="quiet">${words.number} ${id}</p>
</main>
</body>
</html>
`)
}
