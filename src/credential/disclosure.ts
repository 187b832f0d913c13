import type { Json, JsonObject } from '../primitives/json.ts'
import { FormatError } from '../primitives/errors.ts'
import type { HidablePointer } from './pointer.ts'
import { nameOf } from './pointer.ts'

/** A credential taken apart: what always shows, and the value of each hidable claim (`null` where it has none). */
export interface SplitCredential {
  readonly visible: JsonObject
  readonly claims: ReadonlyMap<HidablePointer, Json>
}

/** Takes the claims at `pointers` out of a credential without `proof`; the given object stays as it is. */
export function splitCredential(
  credential: JsonObject,
  pointers: Iterable<HidablePointer>,
): SplitCredential {
  const subject = subjectOf(credential)
  const visibleSubject: Record<string, Json> = copyOf(subject)
  const claims = new Map<HidablePointer, Json>()
  for (const pointer of pointers) {
    const name = nameOf(pointer)
    // Of its own members: a claim may be called `constructor`.
    claims.set(pointer, Object.hasOwn(subject, name) ? (subject[name] ?? null) : null)
    Reflect.deleteProperty(visibleSubject, name)
  }
  return { visible: withSubject(credential, visibleSubject), claims }
}

/** Drops the claims at `pointers` from a credential: what a presentation shows after hiding them. */
export function withoutClaims(
  credential: JsonObject,
  pointers: Iterable<HidablePointer>,
): JsonObject {
  return splitCredential(credential, pointers).visible
}

/** The one subject of a parsed credential. */
export function subjectOf(credential: JsonObject): JsonObject {
  const subject = credential['credentialSubject']
  if (typeof subject !== 'object' || subject === null || Array.isArray(subject)) {
    throw new FormatError('wrong-type', '/credentialSubject', 'credentialSubject is not one object')
  }
  return subject as JsonObject
}

function withSubject(credential: JsonObject, subject: JsonObject): JsonObject {
  const copy = copyOf(credential)
  copy['credentialSubject'] = subject
  return copy
}

function copyOf(object: JsonObject): Record<string, Json> {
  const copy = Object.create(null) as Record<string, Json>
  for (const [key, value] of Object.entries(object)) if (value !== undefined) copy[key] = value
  return copy
}
