/** A certificate for who has its link, and for nobody else. */

import { createHash, timingSafeEqual } from 'node:crypto'
import { invariant } from '../../src/index.ts'
import { Refusal } from '../http/problems.ts'
import type { Store, StoredCertificate } from '../storage/store.ts'

type Found = Pick<Store, 'findCertificate' | 'findTombstone'>

/**
 * The certificate whose `/k` token this is; undefined for a wrong token and for what does not exist alike.
 * Throws `Refusal` `gone` once it is erased.
 */
export async function heldCertificate(
  store: Found,
  cid: string,
  token: Uint8Array | undefined,
): Promise<StoredCertificate | undefined> {
  invariant(token !== undefined, 'a holder has a token')
  if ((await store.findTombstone(cid)) !== undefined) {
    throw new Refusal('gone', 'this certificate was erased by its issuer')
  }
  const certificate = await store.findCertificate(cid)
  const given = createHash('sha256').update(token).digest()
  // The comparison is made in any case, so that time does not tell what exists.
  const isHolder = timingSafeEqual(given, certificate?.keyAuthHash ?? Buffer.alloc(given.length))
  return isHolder ? certificate : undefined
}
