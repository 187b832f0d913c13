/** What an address leads to: a learner's own certificate, or what a learner shares. */
import { FormatError, parseHolderLink, parseLinkBase } from '../../src/index.ts'
import type { HolderLink } from '../../src/index.ts'
import { fetchText } from '../engine/http.ts'

export type Link =
  | { readonly kind: 'holder'; readonly origin: string; readonly link: HolderLink }
  | { readonly kind: 'share'; readonly origin: string; readonly id: string }

/** 128 bits as base64url. */
const SHARE = /^(.+?)\/s\/([A-Za-z0-9_-]{22})(?:\/embed)?\/?$/
const LIMITS = { timeoutMs: 15_000, maxBytes: 2 * 1024 * 1024 }

export function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text)
}

/** Undefined for an address that leads to neither. */
export function linkIn(text: string): Link | undefined {
  try {
    const [, base, id] = SHARE.exec(text.replace(/[?#].*$/, '')) ?? []
    if (base !== undefined && id !== undefined) {
      return { kind: 'share', origin: parseLinkBase(base, 'link'), id }
    }
    const link = parseHolderLink(text, 'link')
    return { kind: 'holder', origin: link.origin, link }
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

export type Shared =
  | { readonly state: 'open'; readonly bytes: Uint8Array }
  /** By its holder, or its time is over; or there never was one. */
  | { readonly state: 'withdrawn' }
  | { readonly state: 'unreachable' }

/** What a share shows. Never throws for what the world does. */
export async function openShare(origin: string, id: string): Promise<Shared> {
  try {
    const { status, text } = await fetchText(`${origin}/api/v1/shares/${id}`, LIMITS)
    if (status === 404 || status === 410) return { state: 'withdrawn' }
    const answer: unknown = status === 200 ? JSON.parse(text) : undefined
    if (typeof answer !== 'object' || answer === null || !('presentation' in answer)) {
      return { state: 'unreachable' }
    }
    const { presentation } = answer
    if (typeof presentation !== 'string') return { state: 'unreachable' }
    return { state: 'open', bytes: new TextEncoder().encode(presentation) }
  } catch {
    return { state: 'unreachable' }
  }
}
