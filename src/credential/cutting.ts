/**
 * Commitments from canonical bytes, cut and not read: many times as quick as to read and print again, for documents of
 * which something else tells that they are canonical.
 */

import { utf8 } from '../primitives/bytes.ts'
import { canonicalText } from '../primitives/json.ts'
import type { Pen } from '../primitives/pen.ts'
import { areOrdered, hasName, objectAt } from '../primitives/splice.ts'
import type { MemberPlace, ObjectPlace } from '../primitives/splice.ts'
import { nameOf } from './pointer.ts'
import { commitmentHasher } from './preimage.ts'
import type { Committing } from './preimage.ts'

/**
 * The 32 bytes of a commitment, from a document's canonical bytes and its salts as `saltBytesOf` gives them; `top` is
 * where the document's members are, if that is known already.
 */
export type CutCommitment = (
  document: Uint8Array,
  salts: Uint8Array,
  top?: ObjectPlace,
) => Uint8Array | undefined

/** A document's top and its subject, and where in the subject each claim is. */
interface Places {
  readonly top: readonly MemberPlace[]
  readonly subject: MemberPlace
  readonly claimed: readonly MemberPlace[]
  readonly values: readonly (MemberPlace | undefined)[]
}

const SUBJECT = utf8('credentialSubject')
const PROOF = utf8('proof')
const NULL = utf8('null')
const [COMMA, BRACE, END_BRACE] = [utf8(','), utf8('{'), utf8('}')]

/**
 * The commitment of a credential, or of a certificate's, whose `proof` is left out. Where it is the one that reading
 * gives of canonical bytes, these bytes are those: what is not cut is hashed as it stands, what is cut is hashed as a
 * claim, and where it stood is told by its name. Where plain bytes do not tell all of that, the answer is undefined.
 */
export function commitmentCutter(batch: Committing): CutCommitment {
  const hasher = commitmentHasher(batch)
  // As they stand between quotes.
  const names = hasher.claims.map((pointer) => utf8(canonicalText(nameOf(pointer)).slice(1, -1)))
  return (document, salts, top = objectAt(document)) => {
    const places = placesIn(document, top, names)
    if (places === undefined) return undefined
    return hasher.hash(salts, {
      visible: (pen) => {
        putVisible(pen, document, places)
      },
      value: (pen, at) => {
        const value = places.values[at]
        if (value === undefined) pen.put(NULL)
        else pen.put(document, value.value, value.end)
      },
    })
  }
}

function placesIn(
  document: Uint8Array,
  top: ObjectPlace | undefined,
  names: readonly Uint8Array[],
): Places | undefined {
  const subject = top?.members.find((member) => hasName(document, member, SUBJECT))
  const inside = subject && objectAt(document, subject.value)
  if (top?.end !== document.length || inside === undefined || inside.end !== subject?.end) {
    return undefined
  }
  const claimed = inside.members
  if (!areOrdered(document, top.members) || !areOrdered(document, claimed)) return undefined
  const values = names.map((name) => claimed.find((member) => hasName(document, member, name)))
  // A claim that is not there is hashed as one that is null.
  if (values.some((value) => value !== undefined && isNull(document, value))) return undefined
  return { top: top.members, subject, claimed, values }
}

function isNull(document: Uint8Array, { value }: MemberPlace): boolean {
  return document[value] === NULL[0]
}

/** The credential without its claims. */
function putVisible(pen: Pen, document: Uint8Array, places: Places): void {
  const { top, subject, claimed, values } = places
  pen.put(BRACE)
  let count = 0
  for (const member of top) {
    if (hasName(document, member, PROOF)) continue
    if (count++ > 0) pen.put(COMMA)
    if (member !== subject) pen.put(document, member.name - 1, member.end)
    else {
      pen.put(document, member.name - 1, member.value)
      putMembers(
        pen,
        document,
        claimed.filter((one) => !values.includes(one)),
      )
    }
  }
  pen.put(END_BRACE)
}

function putMembers(pen: Pen, document: Uint8Array, members: readonly MemberPlace[]): void {
  pen.put(BRACE)
  for (const [at, { name, end }] of members.entries()) {
    if (at > 0) pen.put(COMMA)
    pen.put(document, name - 1, end)
  }
  pen.put(END_BRACE)
}
