/** What is read of a link that a stranger wrote. */

/** What reads like an address: a dot or a colon between letters, in any width. */
const ADDRESS_LIKE = /[\p{L}\p{N}][.:。．｡：][\p{L}/]/u

/**
 * The text of a link, or its address where there is none, or where the text reads like an address: no link says that it
 * leads elsewhere than it does. An address that the browser understands otherwise than it is written stands as understood.
 * @param url what the browser makes of `href`
 */
export function linkText(url: URL, href: string, text: string | undefined): string {
  if (text !== undefined && !ADDRESS_LIKE.test(text)) return text
  const isAsIs = href === url.origin || href.startsWith(`${url.origin}/`)
  return isAsIs ? href : url.href
}
