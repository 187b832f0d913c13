/** The credential baked into an SVG picture: `<openbadges:credential>` (Open Badges 3.0, section 5.3). */

const NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0'
const MAX_CREDENTIALS = 8

/** Whether a text looks like a drawing; what stands before its element is a declaration, comments, a document type. */
export function isSvg(text: string): boolean {
  return /^\s*</.test(text) && /<([a-z][\w-]*:)?svg[\s>]/i.test(text.slice(0, 65_536))
}

/**
 * The texts of all such elements. The drawing is parsed into a document that nothing shows: no script of it runs, and
 * nothing that it names is loaded. One with entities of its own is not read: they can stand for any length of text.
 */
export function credentialsInSvg(text: string): string[] {
  if (/<!(DOCTYPE[^>]*\[|ENTITY)/i.test(text)) return []
  const drawing = new DOMParser().parseFromString(text, 'image/svg+xml')
  const found = drawing.getElementsByTagNameNS(NAMESPACE, 'credential')
  return Array.from(found)
    .slice(0, MAX_CREDENTIALS)
    .map(({ textContent }) => textContent.trim())
    .filter((content) => content !== '')
}
