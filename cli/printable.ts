/** Texts of others on a terminal: whoever wrote them must not move its cursor, colour it, or turn lines around. */

/** Control characters, line and paragraph separators, what changes the direction of text, and what nobody sees. */
const UNPRINTABLE =
  /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu
const UNPRINTABLE_IN_JSON =
  /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/** The text on one line, with `\u{…}` for what a terminal would obey. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`)
}

/** JSON in which a terminal finds nothing to obey; parsed, it is the same value. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(
    UNPRINTABLE_IN_JSON,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
