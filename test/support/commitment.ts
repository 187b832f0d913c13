/** Commitments by SPEC section 3, one value after the other, for what is made in numbers to be compared with. */
import { bytesOfHex, claimDigest, commitmentOf, saltsOf, splitCredential } from '../../src/index.ts'
import type { Committing, JsonObject } from '../../src/index.ts'

/** The 32 bytes of the commitment of a credential with the salts of this seed. */
export function plainCommitment(
  { home, issuer, pointers }: Committing,
  json: JsonObject,
  seed: Uint8Array,
): Uint8Array {
  const { salt, byPointer } = saltsOf(seed, pointers)
  const { visible, claims } = splitCredential(json, pointers)
  const digests = new Map(
    [...byPointer].map(([pointer, own]) => [
      pointer,
      claimDigest(own, pointer, claims.get(pointer) ?? null),
    ]),
  )
  return bytesOfHex(commitmentOf({ home, issuer, salt, credential: visible, digests }))
}
