/**
 * Which SVG is taken as a logo: shapes, gradients and text, in XML so plain that no two readers differ on it. What is
 * not listed here is refused: scripts, styles with rules, other namespaces, animation, links, images, whatever loads.
 */

import { FormatError } from '../../src/index.ts'

const SVG = 'http://www.w3.org/2000/svg'
const XLINK = 'http://www.w3.org/1999/xlink'

const ELEMENTS = new Set(
  'svg g defs title desc path rect circle ellipse line polyline polygon text tspan'
    .concat(' linearGradient radialGradient stop clipPath mask')
    .split(' '),
)
const MAX_DEPTH = 64
/** Said to be UTF-8, or nothing of it: another encoding would give other characters. */
const DECLARATION =
  /^\uFEFF?(?:<\?xml version="1\.0"(?: encoding="utf-8")?(?: standalone="(?:yes|no)")?\s*\?>)?/i
/** One token: comment, end tag, start tag, or text. No DOCTYPE, CDATA or instruction is one. */
const TOKEN =
  /<!--(?:(?!--)[^])*-->|<\/([A-Za-z]+)\s*>|<([A-Za-z]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g
/** The only references there are: they stand for themselves everywhere. */
const PLAIN = /^(?:[^&]|&(?:amp|lt|gt|quot|apos);)*$/
/** Functions of values: colours and transforms, and what stands in the same file. */
const FUNCTIONS =
  /\b(?:rgba?|hsla?|matrix|translate|scale|rotate|skewX|skewY)\(|url\(\s*["']?#[\w.-]+["']?\s*\)/g

/** Throws `FormatError`, which names the element or attribute at fault. */
export function checkSvg(text: string, field: string): void {
  const open: string[] = []
  let at = DECLARATION.exec(text)?.[0].length ?? 0
  let roots = 0
  while (at < text.length) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)
    if (token === null) throw refused(field, 'an SVG file is plain XML, without DOCTYPE or CDATA')
    const [whole, end, start, attributes = '', isEmpty, words] = token
    at += whole.length
    if (words !== undefined) checkWords(words, open, field)
    if (end !== undefined && open.pop() !== end) throw refused(field, `</${end}> closes nothing`)
    if (start === undefined) continue
    if (open.length === 0) roots += 1
    if ((open.length === 0) !== (start === 'svg') || roots > 1) {
      throw refused(field, 'an SVG file is one svg element, without another inside')
    }
    const isInside = [...open, start].some((name) => name === 'mask' || name === 'clipPath')
    checkElement(start, attributes, isInside, field)
    if (isEmpty === '') open.push(start)
    if (open.length > MAX_DEPTH) throw refused(field, `more than ${MAX_DEPTH} elements in another`)
  }
  if (roots !== 1 || open.length > 0) throw refused(field, 'the SVG file is cut short')
}

function checkWords(words: string, open: readonly string[], field: string): void {
  if (!PLAIN.test(words)) throw refused(field, 'it holds a reference that is not plain')
  if (open.length === 0 && words.trim() !== '') {
    throw refused(field, 'there is text outside the svg element')
  }
}

/** `isInside` a mask or a clip: one that referred to others could be drawn without end. */
function checkElement(name: string, attributes: string, isInside: boolean, field: string): void {
  if (!ELEMENTS.has(name)) throw refused(field, `a logo holds no element ${name}`)
  let hasNamespace = false
  const seen = new Set<string>()
  for (const [, attribute = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? ''
    const isNested = isInside && value.includes('url(') && !/^(fill|stroke)$/.test(attribute)
    if (seen.has(attribute) || isNested || !isHarmless(attribute, value)) {
      throw refused(field, `${name} has an attribute ${attribute} that is not taken`)
    }
    seen.add(attribute)
    hasNamespace ||= attribute === 'xmlns'
  }
  if (name === 'svg' && !hasNamespace) throw refused(field, `svg has no xmlns="${SVG}"`)
}

function isHarmless(name: string, value: string): boolean {
  if (name === 'xmlns') return value === SVG
  if (name === 'xmlns:xlink') return value === XLINK
  if (name === 'xml:space') return true
  // A gradient that takes over the stops of another.
  if (name === 'href' || name === 'xlink:href') return /^#[\w.-]+$/.test(value)
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name) || /^on/i.test(name)) return false
  // No escapes, at-rules or comments, by which a value could read otherwise than it looks.
  if (!PLAIN.test(value) || /[\\@]|\/\*/.test(value)) return false
  if (name.startsWith('aria-')) return true
  return !value.replaceAll(FUNCTIONS, '').includes('(')
}

function refused(field: string, message: string): FormatError {
  return new FormatError('wrong-value', field, `${field}: ${message}`)
}
