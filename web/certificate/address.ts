/**
 * The holder link in the address of this page. Its secret leaves the address as soon as it is read, so that it is in no
 * picture of the screen and no copied address; so that a reload still works, it stays in the state of this entry of the
 * browser's history, which no server and no other page is shown. No page can keep it out of the browser's own list of
 * visited pages, nor out of what the browser stores to restore its tabs: both have the address as it was opened.
 */
import { base64urlOf, FormatError, parseHolderLink } from '../../src/index.ts'
import type { HolderLink } from '../../src/index.ts'

export type Address =
  | { readonly kind: 'link'; readonly link: HolderLink }
  /** The address ends before `#`: a part of the link is missing. */
  | { readonly kind: 'no-secret' }
  | { readonly kind: 'damaged' }

const MEMBER = 'secret'

export function takeAddress(): Address {
  const { origin, pathname, hash } = window.location
  const secret = hash.length > 1 ? hash.slice(1) : keptSecret()
  if (secret === undefined) return { kind: 'no-secret' }
  window.history.replaceState({ [MEMBER]: secret }, '', pathname)
  try {
    return { kind: 'link', link: parseHolderLink(`${origin}${pathname}#${secret}`, 'link') }
  } catch (error) {
    if (error instanceof FormatError) return { kind: 'damaged' }
    throw error
  }
}

/** The link as its holder keeps it. */
export function printLink({ origin, cid, linkSecret }: HolderLink): string {
  return `${origin}/c/${cid}#${base64urlOf(linkSecret)}`
}

function keptSecret(): string | undefined {
  const state: unknown = window.history.state
  if (typeof state !== 'object' || state === null) return undefined
  const secret: unknown = Reflect.get(state, MEMBER)
  return typeof secret === 'string' ? secret : undefined
}
