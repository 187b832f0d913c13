/** Which claims a holder can hide: JSON Pointers (RFC 6901) one level below `credentialSubject`. */

import { FormatError } from '../primitives/errors.ts'

declare const brand: unique symbol

/** `/credentialSubject/<name>`, checked by `parsePointer`. */
export type HidablePointer = `/credentialSubject/${string}` & { readonly [brand]: 'HidablePointer' }

const PREFIX = '/credentialSubject/'

/** Without these the rest of a credential would mean something else. */
const NEVER_HIDDEN: ReadonlySet<string> = new Set(['id', 'type', 'achievement', '__proto__'])

const MAX_NAME_LENGTH = 256

/** The claims that a template lets its holders hide unless it says otherwise. */
export const DEFAULT_HIDABLE_NAMES = [
  'givenName',
  'familyName',
  'birthDate',
  'email',
  'identifier',
  'result',
] as const

/**
 * Accepts exactly `/credentialSubject/<name>`, `~` written `~0` and `/` written `~1`.
 * @throws FormatError `wrong-type` for what is not text, `bad-pointer` for every other fault
 */
export function parsePointer(value: unknown, field: string): HidablePointer {
  if (typeof value !== 'string') {
    throw new FormatError('wrong-type', field, `${field}: a JSON Pointer is a text`)
  }
  const token = value.startsWith(PREFIX) ? value.slice(PREFIX.length) : ''
  if (!/^(?:[^~/]|~[01])+$/u.test(token) || /\p{Surrogate}/u.test(token)) {
    throw badPointer(field, `${value} is not of the form ${PREFIX}<name>`)
  }
  const name = unescapeToken(token)
  if (name.length > MAX_NAME_LENGTH) throw badPointer(field, 'the name is too long')
  if (name.startsWith('@') || NEVER_HIDDEN.has(name)) {
    throw badPointer(field, `${name} cannot be hidden: the credential would mean something else`)
  }
  return value as HidablePointer
}

/** The pointer of a member of `credentialSubject`; refuses what `parsePointer` refuses. */
export function pointerOfName(name: string, field = name): HidablePointer {
  return parsePointer(PREFIX + name.replaceAll('~', '~0').replaceAll('/', '~1'), field)
}

/** The name of the member of `credentialSubject` that a pointer leads to. */
export function nameOf(pointer: HidablePointer): string {
  return unescapeToken(pointer.slice(PREFIX.length))
}

/** `~1` first: `~01` is the escape of `~1`, not of `/`. */
function unescapeToken(token: string): string {
  if (!token.includes('~')) return token
  return token.replaceAll('~1', '/').replaceAll('~0', '~')
}

function badPointer(field: string, message: string): FormatError {
  return new FormatError('bad-pointer', field, `${field}: ${message}`)
}
