/** Sentences with places in them, so that each language puts names and dates where it wants them. */
import { Fragment } from 'preact'
import type { ComponentChildren } from 'preact'

export type Parts = Readonly<Record<string, ComponentChildren>>

/**
 * @param text `Issued by {name}.`
 * @param parts what stands in its places; a place without a part stays as it is written
 */
export function fill(text: string, parts: Parts): ComponentChildren {
  return text.split(/(\{[a-z]+\})/i).map((piece, at) => {
    const part = piece.startsWith('{') ? parts[piece.slice(1, -1)] : undefined
    return <Fragment key={at}>{part ?? piece}</Fragment>
  })
}

/** The same where a text is wanted: parts are texts, and go in as they are. */
export function fillText(text: string, parts: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{([a-z]+)\}/gi, (place, name: string) => parts[name] ?? place)
}
