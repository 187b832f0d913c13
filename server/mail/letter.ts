/** A letter with a holder link: plain text, and the same as simple HTML that loads nothing from anywhere. */

import { isIP } from 'node:net'
import type { Language } from '../../src/index.ts'
import type { MailPurpose } from '../storage/outbox.ts'
import { LETTER_TEXTS } from './texts.ts'

export type Letter = {
  readonly to: string
  /** Name that stands beside the sender's address. */
  readonly fromName: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Without angle brackets; the same for every attempt at this letter. */
  readonly messageId: string
}

export type LetterContent = {
  readonly id: string
  readonly address: string
  readonly learner: string | undefined
  readonly issuer: string
  readonly link: string
  readonly purpose: MailPurpose
  readonly language: Language
  /** Domain of the sender, for the Message-ID. */
  readonly domain: string
  /** Where a new link is asked for; undefined where nothing is served. */
  readonly publicUrl: string
}

/** A letter cannot be written as asked; the message holds no address and no name. */
export class LetterError extends Error {
  override readonly name = 'LetterError'
}

/** One address and nothing beside it: what a list, a name or a second header needs is no part of one. */
const ADDRESS = /^[^\s\p{C}<>()[\]\\,;:"@]{1,64}@[^\s\p{C}<>()[\]\\,;:"@]{1,255}$/u
const MAX_NAME = 200

export function letterOf(content: LetterContent): Letter {
  const { id, address, issuer, link, purpose, language, domain, publicUrl } = content
  if (!isAddress(address)) throw new LetterError('the address is not one')
  const texts = LETTER_TEXTS[language]
  const subject = headerText(texts.subject(issuer))
  const paragraphs = [
    texts.greeting(content.learner === undefined ? undefined : oneLine(content.learner)),
    texts.about[purpose](oneLine(issuer)),
    link,
    texts.keep,
    texts.verify,
    texts.lost(publicUrl),
    oneLine(issuer),
  ]
  return {
    to: address,
    fromName: headerText(issuer),
    subject,
    text: `${paragraphs.join('\n\n')}\n`,
    html: htmlOf(paragraphs, subject, link, language),
    messageId: `${id}@${domain}`,
  }
}

/** An address that is written to as it stands. */
export function isAddress(text: string): boolean {
  const host = text.slice(text.lastIndexOf('@') + 1)
  return ADDRESS.test(text) && !/^[.-]|[.-]$|\.\./.test(host) && isIP(host) === 0
}

/** @throws LetterError where the text would end a header and begin another */
function headerText(text: string): string {
  if (/\p{Cc}|[\u2028\u2029]/u.test(text))
    throw new LetterError('a header holds a control character')
  return text.slice(0, MAX_NAME)
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, MAX_NAME)
}

function htmlOf(
  paragraphs: readonly string[],
  title: string,
  link: string,
  language: Language,
): string {
  const body = paragraphs.map((text) => {
    const escaped = escapeHtml(text)
    return text === link ? `<p><a href="${escaped}">${escaped}</a></p>` : `<p>${escaped}</p>`
  })
  const head = `<meta charset="utf-8"><title>${escapeHtml(title)}</title>`
  return `<!doctype html><html lang="${language}"><head>${head}</head><body>${body.join('\n')}</body></html>`
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '')
}
