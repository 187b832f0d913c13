/**
 * The certificates of one batch as bytes: put together from what all share and what is each one's own, and known again,
 * without reading or printing JSON.
 */

import { MAX_CERTIFICATE_BYTES } from './certificate.ts'
import {
  CLAIM_SALT_LENGTH,
  inKeyOrder,
  MAX_POINTERS,
  SALT_LENGTH,
} from './credential/commitment.ts'
import { commitmentCutter } from './credential/cutting.ts'
import type { HidablePointer } from './credential/pointer.ts'
import type { Home } from './primitives/account.ts'
import { base64urlOf, concat, equalBytes, parseBase64url, utf8 } from './primitives/bytes.ts'
import type { Address, BatchRoot } from './primitives/bytes.ts'
import { FormatError, invariant } from './primitives/errors.ts'
import { hole, piecesAround } from './primitives/holes.ts'
import { Pen } from './primitives/pen.ts'
import { hasName, objectAt, standsAt, withMember } from './primitives/splice.ts'
import type { ObjectPlace } from './primitives/splice.ts'
import { proofEntry, proofValueOf } from './proof.ts'

/** What the proofs of one batch have in common. */
export interface BatchProofs {
  readonly home: Home
  readonly issuer: Address
  readonly root: BatchRoot
  readonly size: number
  readonly pointers: readonly HidablePointer[]
}

/** A place in a tree, and what leads from there to its root: 32 bytes each, from the leaf's sibling on. */
export interface TreePlace {
  readonly index: number
  readonly path: Uint8Array
}

export interface AlikeCertificates {
  /**
   * What `printCertificate` gives of a credential with its proof and no other, all claims shown; until the next is
   * joined.
   * @param credential canonical bytes; of others nothing is promised
   * @param salts as `saltBytesOf` gives them
   */
  join(credential: Uint8Array, place: TreePlace, salts: Uint8Array): Uint8Array<ArrayBuffer>
  /**
   * Whether bytes are those of a certificate that `printCertificate` would give, all claims shown, with this place and
   * this commitment. The commitment has to be known to be that of a credential that was read. Where the answer is no, the
   * reader may still find it to be so: not every name lets itself be told from bytes.
   */
  isOf(certificate: Uint8Array, place: TreePlace, commitment: Uint8Array): boolean
}

const HASH_LENGTH = 32
const PROOF = 'proof'
const PROOF_NAME = utf8(PROOF)
/** Of what is no ASCII it makes another text, which fits nothing. */
const ASCII = new TextDecoder('utf-8', { ignoreBOM: true })
const [BRACKET, COMMA, END_BRACKET] = [utf8('['), utf8(','), utf8(']')]
/** Of a value as hex in quotes: what stands before its digits. */
const BEFORE_DIGITS = 3
const [DIGIT_0, LETTER_A] = [0x30, 0x61]

export function alikeCertificates(batch: BatchProofs): AlikeCertificates {
  const { pointers } = batch
  invariant(pointers.length <= MAX_POINTERS, 'at most 64 hidable pointers')
  const commitmentOf = commitmentCutter({ ...batch, home: batch.home.text })
  const values = valuePrinter(batch)
  const [head, tail] = piecesAround([proofEntry(batch, hole('value'))], ['value'])
  invariant(head !== undefined && tail !== undefined, 'an entry has one value')
  // A value is base64url in quotes, behind the letter of its base.
  const [before, behind] = [concat(head, utf8('"u')), concat(utf8('"'), tail)]
  const [pen, certificatePen] = [new Pen(), new Pen()]
  return {
    join: (credential, place, salts) => {
      pen.start()
      pen.put(before)
      pen.putBase64url(values.print(place, salts))
      pen.put(behind)
      return withMember(credential, PROOF, pen.written(), certificatePen)
    },
    isOf: (certificate, place, commitment) => {
      // A reader refuses it, and says why.
      if (certificate.length > MAX_CERTIFICATE_BYTES) return false
      const top = objectAt(certificate)
      const text = top && proofValueIn(certificate, top, before, behind)
      const value = text === undefined ? undefined : valueOf(text)
      if (value === undefined) return false
      const salts = values.saltsIn(value)
      if (base64urlOf(values.print(place, salts)) !== text) return false
      const found = commitmentOf(certificate, salts, top)
      return found !== undefined && equalBytes(found, commitment)
    },
  }
}

type ValuePrinter = {
  /** Until the next one is printed. */
  print(place: TreePlace, salts: Uint8Array): Uint8Array
  /** The salts where they stand in a value, until the next ones; of what is none, anything. */
  saltsIn(value: Uint8Array): Uint8Array
}

function valuePrinter({ home, root, size, pointers }: BatchProofs): ValuePrinter {
  const ordered = inKeyOrder(pointers)
  const disclosed = new Map(ordered.map((pointer) => [pointer, hole(pointer)]))
  const [index, path, salt, hidden] = [hole('index'), hole('path'), hole('salt'), new Map()]
  const json = proofValueOf({ home: home.text, root, size, index, path, salt, disclosed, hidden })
  const pieces = piecesAround(json, [...ordered, 'index', 'path', 'salt'])
  const [beforeIndex, beforePath, beforeSalt, end] = pieces.slice(ordered.length)
  invariant(beforeIndex && beforePath && beforeSalt && end, 'a value has three parts more')
  const pen = new Pen()
  const salts = new Uint8Array(SALT_LENGTH + CLAIM_SALT_LENGTH * ordered.length)
  return {
    print: (place, given) => {
      pen.start()
      let at = SALT_LENGTH
      for (let claim = 0; claim < ordered.length; claim++) {
        pen.put(pieces[claim] ?? end)
        pen.putHex(given, at, at + CLAIM_SALT_LENGTH)
        at += CLAIM_SALT_LENGTH
      }
      pen.put(beforeIndex)
      pen.putText(String(place.index))
      pen.put(beforePath)
      putPath(pen, place.path)
      pen.put(beforeSalt)
      pen.putHex(given, 0, SALT_LENGTH)
      pen.put(end)
      return pen.written()
    },
    saltsIn: (value) => {
      let [at, to] = [0, SALT_LENGTH]
      for (let claim = 0; claim < ordered.length; claim++) {
        at += (pieces[claim]?.length ?? 0) + BEFORE_DIGITS
        readDigits(value, at, salts.subarray(to, to + CLAIM_SALT_LENGTH))
        at += 2 * CLAIM_SALT_LENGTH + 1
        to += CLAIM_SALT_LENGTH
      }
      const last = value.length - end.length - 1 - 2 * SALT_LENGTH
      readDigits(value, last, salts.subarray(0, SALT_LENGTH))
      return salts
    },
  }
}

function putPath(pen: Pen, path: Uint8Array): void {
  pen.put(BRACKET)
  for (let at = 0; at < path.length; at += HASH_LENGTH) {
    if (at > 0) pen.put(COMMA)
    pen.putHex(path, at, at + HASH_LENGTH)
  }
  pen.put(END_BRACKET)
}

/** The encoded value of a certificate's proof; undefined where it does not stand between these pieces. */
function proofValueIn(
  certificate: Uint8Array,
  { members }: ObjectPlace,
  before: Uint8Array,
  behind: Uint8Array,
): string | undefined {
  const proof = members.find((one) => hasName(certificate, one, PROOF_NAME))
  if (proof === undefined) return undefined
  const [from, to] = [proof.value + before.length, proof.end - behind.length]
  const isFramed =
    from < to && standsAt(certificate, proof.value, before) && standsAt(certificate, to, behind)
  return isFramed ? ASCII.decode(certificate.subarray(from, to)) : undefined
}

function valueOf(text: string): Uint8Array | undefined {
  try {
    return parseBase64url(text, PROOF)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

/** Lower-case hex at a place; what is none gives other bytes. */
function readDigits(text: Uint8Array, from: number, into: Uint8Array): void {
  for (let at = 0; at < into.length; at++) {
    into[at] = (digitAt(text, from + 2 * at) << 4) | digitAt(text, from + 2 * at + 1)
  }
}

function digitAt(text: Uint8Array, at: number): number {
  const code = text[at] ?? 0
  return code - (code < LETTER_A ? DIGIT_0 : LETTER_A - 10)
}
