/** The claims that a holder can show or hide, as they choose among them. */
import { hideClaims, nameOf, printCertificate, subjectOf } from '../../src/index.ts'
import type { Certificate, HidablePointer, Json } from '../../src/index.ts'

export type Claim = {
  readonly pointer: HidablePointer
  /** As the document calls it. */
  readonly name: string
  /** Short, for whom it is about; undefined where it is no plain text. */
  readonly value: string | undefined
}

/** Shown unless their holder says otherwise: a certificate of nobody says little. All else is shown only on wish. */
const SHOWN_AT_FIRST: readonly string[] = ['givenName', 'familyName']

/** Those that say something, names first. */
export function claimsOf({ credential, disclosed }: Certificate): readonly Claim[] {
  const subject = subjectOf(credential)
  const claims = [...disclosed.keys()].flatMap((pointer) => {
    const name = nameOf(pointer)
    const json = subject[name]
    return json === undefined ? [] : [{ pointer, name, value: shortOf(json) }]
  })
  const rank = ({ name }: Claim): number => {
    const place = SHOWN_AT_FIRST.indexOf(name)
    return place === -1 ? SHOWN_AT_FIRST.length : place
  }
  return claims.sort((a, b) => rank(a) - rank(b))
}

export function shownAtFirst(claims: readonly Claim[]): ReadonlySet<HidablePointer> {
  const first = claims.filter(({ name }) => SHOWN_AT_FIRST.includes(name))
  return new Set(first.map(({ pointer }) => pointer))
}

/**
 * What others see: everything hidable is hidden but what is chosen. What the document does not have is hidden too, so
 * that nobody learns that it is not there.
 */
export function presentationOf(
  certificate: Certificate,
  shown: ReadonlySet<HidablePointer>,
): Certificate {
  const toHide = [...certificate.disclosed.keys()].filter((pointer) => !shown.has(pointer))
  // Proofs that nobody here checks stay with their holder.
  return hideClaims({ ...certificate, otherProofs: [] }, toHide)
}

export function textOfPresentation(presentation: Certificate): string {
  return new TextDecoder().decode(printCertificate(presentation))
}

function shortOf(json: Json): string | undefined {
  if (typeof json === 'string') return json
  if (typeof json === 'number') return String(json)
  if (!isList(json)) return undefined
  const texts = json.flatMap((item) => identityOf(item) ?? [])
  return texts.length === 0 ? undefined : texts.join(', ')
}

/** The text of an identifier of Open Badges, where it is no hash. */
function identityOf(item: Json): string | undefined {
  if (typeof item !== 'object' || item === null || isList(item)) return undefined
  const members = new Map(Object.entries(item))
  const text = members.get('identityHash')
  return members.get('hashed') === false && typeof text === 'string' ? text : undefined
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json)
}
