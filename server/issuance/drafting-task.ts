/** Credentials are committed to: what a thread can do that has no store and no master key. */

import {
  bytesOfHex,
  claimDigest,
  commitmentOf,
  parseCredential,
  saltsOf,
  sharingParser,
  sharingPrinter,
  splitCredential,
} from '../../src/index.ts'
import type { Committing, JsonObject, Print } from '../../src/index.ts'

/** A credential's canonical bytes, and the seed of its salts. */
export type Uncommitted = { readonly bytes: Uint8Array; readonly seed: Uint8Array }

export type CommitTask = {
  readonly kind: 'commit'
  readonly batch: Committing
  readonly drafts: readonly Uncommitted[]
}

/**
 * Commits to parts of a batch, read from their bytes as a verifier reads them: what is known again by its bytes later,
 * when the batch is proven, is known to be what was read here.
 */
export function committer(): (task: CommitTask) => Uint8Array[] {
  const print = sharingPrinter()
  const parse = sharingParser()
  return ({ batch, drafts }) =>
    drafts.map(({ bytes, seed }) => commitTo(batch, parseCredential(parse(bytes)), seed, print))
}

/** The 32 bytes of one commitment. */
function commitTo(
  { home, issuer, pointers }: Committing,
  credential: JsonObject,
  seed: Uint8Array,
  print: Print,
): Uint8Array {
  const { salt, byPointer } = saltsOf(seed, pointers)
  const { visible, claims } = splitCredential(credential, byPointer.keys())
  const digests = new Map(
    [...byPointer].map(([pointer, claimSalt]) => [
      pointer,
      claimDigest(claimSalt, pointer, claims.get(pointer) ?? null),
    ]),
  )
  return bytesOfHex(commitmentOf({ home, issuer, salt, credential: visible, digests }, print))
}
