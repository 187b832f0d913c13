/** The page of a share as crawlers and previews read it: the built page with what the share shows in its head. */

import { invariant } from '../../src/index.ts'
import type { Language } from '../../src/index.ts'
import type { PreviewFacts } from './facts.ts'
import { PICTURE } from './picture.ts'
import { ogLocale, previewWords } from './words.ts'

const SITE = 'Inaltera'
/** What every built page has in its head, once. */
const TITLE = /<title>[^<]*<\/title>/
const LANGUAGE = /<html lang="[a-z]*">/

/** @param address of the share, without a slash at the end */
export function pageOfShare(built: string, facts: PreviewFacts, address: string): string {
  const { language, issuer } = facts
  const words = previewWords(language)
  const picture = `${address}/picture.png`
  const what = issuer === undefined ? `${words.certificate}.` : words.issuedBy(issuer)
  const description = `${what} ${words.toVerify}.`
  const tags = [
    `<link rel="canonical" href="${escaped(address)}" />`,
    meta('name', 'description', description),
    meta('property', 'og:type', 'website'),
    meta('property', 'og:site_name', SITE),
    meta('property', 'og:locale', ogLocale(language)),
    // The learner's name stands in no title: only in the picture, where the share shows it.
    meta('property', 'og:title', facts.title),
    meta('property', 'og:description', description),
    meta('property', 'og:url', address),
    meta('property', 'og:image', picture),
    meta('property', 'og:image:type', 'image/png'),
    meta('property', 'og:image:width', String(PICTURE.width)),
    meta('property', 'og:image:height', String(PICTURE.height)),
    meta('property', 'og:image:alt', facts.title),
    meta('name', 'twitter:card', 'summary_large_image'),
    meta('name', 'twitter:title', facts.title),
    meta('name', 'twitter:description', description),
    meta('name', 'twitter:image', picture),
  ]
  return withHead(built, language, `${facts.title} · ${SITE}`, tags)
}

/** The same page where there is nothing to show: its script says why. */
export function pageWithoutShare(built: string, language: Language): string {
  return withHead(built, language, `${previewWords(language).ended} · ${SITE}`, [])
}

function withHead(
  built: string,
  language: Language,
  title: string,
  tags: readonly string[],
): string {
  invariant(TITLE.test(built) && LANGUAGE.test(built), 'the built page has a title and a language')
  const head = [
    `<title>${escaped(title)}</title>`,
    meta('name', 'robots', 'noindex, nofollow, noarchive'),
    ...tags,
  ].join('\n    ')
  // By functions: `$&` in a title stands for itself.
  return built.replace(LANGUAGE, () => `<html lang="${language}">`).replace(TITLE, () => head)
}

function meta(kind: 'name' | 'property', name: string, content: string): string {
  return `<meta ${kind}="${name}" content="${escaped(content)}" />`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For text and for attributes in double quotes. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
