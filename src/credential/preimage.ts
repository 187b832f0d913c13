/** What is hashed to commit to a credential (SPEC section 3), for the many of one batch: what they share is printed once. */

import type { Address } from '../primitives/bytes.ts'
import { sha256 } from '../primitives/hash.ts'
import { hole, piecesAround } from '../primitives/holes.ts'
import { Pen } from '../primitives/pen.ts'
import {
  CLAIM_SALT_LENGTH,
  claimPreimage,
  commitmentPreimage,
  inKeyOrder,
  SALT_LENGTH,
} from './commitment.ts'
import type { HidablePointer } from './pointer.ts'

/** What commitments of one batch have in common. */
export interface Committing {
  /** The home as text. */
  readonly home: string
  readonly issuer: Address
  readonly pointers: readonly HidablePointer[]
}

/** What one credential says, in canonical bytes. */
export interface Said {
  /** All of it but its claims. */
  visible(pen: Pen): void
  /** The value of the claim at this place of `claims`, `null` where it has none. */
  value(pen: Pen, at: number): void
}

export interface CommitmentHasher {
  /** In the order of their salts and digests. */
  readonly claims: readonly HidablePointer[]
  /** The 32 bytes of a commitment; salts are as `saltBytesOf` gives them. */
  hash(salts: Uint8Array, said: Said): Uint8Array<ArrayBuffer>
}

export function commitmentHasher({ home, issuer, pointers }: Committing): CommitmentHasher {
  const claims = inKeyOrder(pointers)
  const claimPieces = claims.map((pointer) =>
    piecesAround(claimPreimage(hole('salt'), pointer, hole('value')), ['salt', 'value']),
  )
  const digests = new Map(claims.map((pointer) => [pointer, hole(pointer)]))
  const parts = { home, issuer, salt: hole('salt'), credential: hole('credential'), digests }
  const pieces = piecesAround(commitmentPreimage(parts), ['credential', ...claims, 'salt'])
  const [pen, claimPen] = [new Pen(), new Pen()]
  const claimDigest = (at: number, salts: Uint8Array, said: Said): Uint8Array => {
    const [before, between, behind] = claimPieces[at] ?? []
    const salt = SALT_LENGTH + CLAIM_SALT_LENGTH * at
    claimPen.start()
    putPiece(claimPen, before)
    claimPen.putHex(salts, salt, salt + CLAIM_SALT_LENGTH)
    putPiece(claimPen, between)
    said.value(claimPen, at)
    putPiece(claimPen, behind)
    return sha256(claimPen.written())
  }
  return {
    claims,
    hash: (salts, said) => {
      pen.start()
      putPiece(pen, pieces[0])
      said.visible(pen)
      for (let at = 0; at < claims.length; at++) {
        putPiece(pen, pieces[at + 1])
        pen.putHex(claimDigest(at, salts, said))
      }
      putPiece(pen, pieces[claims.length + 1])
      pen.putHex(salts, 0, SALT_LENGTH)
      putPiece(pen, pieces[claims.length + 2])
      return sha256(pen.written())
    },
  }
}

function putPiece(pen: Pen, piece: Uint8Array | undefined): void {
  if (piece !== undefined) pen.put(piece)
}
