/** Text from a document: shown as text, apart from the direction around it, with what nobody can see made visible. */
import { holdsInvisible } from '../../src/index.ts'
import { linkText } from './link-text.ts'

/**
 * @param children what a document, a policy or a domain says. Characters that are invisible or turn the direction of
 *   reading stand as `U+202E`, marked, so that no text looks like another.
 */
export function Told({ children }: { readonly children: string }) {
  if (!holdsInvisible(children)) return <bdi>{children}</bdi>
  const pieces = Array.from(children).map((character) =>
    holdsInvisible(character) ? <mark class="invisible">{codeOf(character)}</mark> : character,
  )
  return <bdi>{pieces}</bdi>
}

type ToldLinkProps = {
  readonly href: string
  /** What is read instead of the address. */
  readonly children?: string
}

/**
 * A link only where it leads to https; else its text. A text that reads like an address, and an address itself, stand as
 * the browser understands them: no link leads elsewhere than it says.
 */
export function ToldLink({ href, children }: ToldLinkProps) {
  const url = URL.parse(href)
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    return <Told>{children ?? href}</Told>
  }
  return (
    <a href={url.href} rel="noopener noreferrer nofollow" target="_blank">
      <Told>{linkText(url, href, children)}</Told>
    </a>
  )
}

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
