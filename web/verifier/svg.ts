/**
 * The credential baked into an SVG picture: `<openbadges:credential>` (Open Badges 3.0, section 5.3). Only that element's
 * text is taken out; the drawing is never parsed, so that nothing of it can run, load or grow.
 */

const NAMESPACE = /xmlns:([A-Za-z_][\w.-]*)\s*=\s*["']https:\/\/purl\.imsglobal\.org\/ob\/v3p0["']/
const MAX_CREDENTIALS = 8
const CDATA = '<![CDATA['
const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** Whether a text looks like a drawing; what stands before its element is a declaration, comments, a document type. */
export function isSvg(text: string): boolean {
  return /^\s*</.test(text) && /<([a-z][\w-]*:)?svg[\s>]/i.test(text.slice(0, 65_536))
}

/** The texts of all such elements, in their order. */
export function credentialsInSvg(text: string): string[] {
  const [, prefix] = NAMESPACE.exec(text) ?? []
  if (prefix === undefined) return []
  const found: string[] = []
  let at = text.indexOf(`<${prefix}:credential`)
  while (at >= 0 && found.length < MAX_CREDENTIALS) {
    const start = text.indexOf('>', at) + 1
    const content = start === 0 ? undefined : contentFrom(text, start, `</${prefix}:credential`)
    if (content === undefined) break
    if (content.text !== '') found.push(content.text)
    at = text.indexOf(`<${prefix}:credential`, content.end)
  }
  return found
}

/** Up to the end of the element: a section of characters as they are, or text in which some are spelled out. */
function contentFrom(
  text: string,
  start: number,
  closing: string,
): { readonly text: string; readonly end: number } | undefined {
  const from = start + (/^\s*/.exec(text.slice(start, start + 1_000))?.[0].length ?? 0)
  const isWhole = text.startsWith(CDATA, from)
  const end = text.indexOf(isWhole ? ']]>' : closing, from)
  if (end < 0) return undefined
  if (isWhole) return { text: text.slice(from + CDATA.length, end).trim(), end }
  return { text: spelled(text.slice(from, end)).trim(), end }
}

function spelled(text: string): string {
  return text.replaceAll(/&(#x?)?(\w+);/g, (whole, numeric: string | undefined, name: string) => {
    if (numeric === undefined) return ENTITIES.get(name) ?? whole
    const code = Number.parseInt(name, numeric === '#x' ? 16 : 10)
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole
  })
}
