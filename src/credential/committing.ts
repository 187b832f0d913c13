/** Commitments of the credentials of one batch, from what was read of them. */

import { canonicalText } from '../primitives/json.ts'
import type { JsonObject } from '../primitives/json.ts'
import { sharingPrinter } from '../primitives/mould.ts'
import { saltBytesOf } from './commitment.ts'
import { splitCredential } from './disclosure.ts'
import { commitmentHasher } from './preimage.ts'
import type { Committing } from './preimage.ts'

/** The 32 bytes that `commitmentOf` gives of a credential with the salts of this seed (32 bytes). */
export type Commit = (credential: JsonObject, seed: Uint8Array) => Uint8Array<ArrayBuffer>

/** For credentials that share most of what they say; throws where `commitmentOf` throws. */
export function committer(batch: Committing): Commit {
  const hasher = commitmentHasher(batch)
  const { claims } = hasher
  const print = sharingPrinter()
  return (credential, seed) => {
    const split = splitCredential(credential, claims)
    return hasher.hash(saltBytesOf(seed, claims.length), {
      visible: (pen) => {
        pen.put(print(split.visible))
      },
      value: (pen, at) => {
        const pointer = claims[at]
        const value = pointer === undefined ? undefined : split.claims.get(pointer)
        pen.putText(canonicalText(value ?? null))
      },
    })
  }
}
