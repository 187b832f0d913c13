/** Who has the link of a certificate, as its token shows. */

import { createHash, timingSafeEqual } from 'node:crypto'
import type { CertificateStore, StoredCertificate } from '../storage/store.ts'

/**
 * The certificate whose link the token comes from; undefined for another's token and for what does not exist. The
 * comparison is made in any case, so that time does not tell which.
 */
export async function certificateHeld(
  store: Pick<CertificateStore, 'findCertificate'>,
  cid: string,
  token: Uint8Array,
): Promise<StoredCertificate | undefined> {
  const certificate = await store.findCertificate(cid)
  const given = createHash('sha256').update(token).digest()
  const isHolder = timingSafeEqual(given, certificate?.keyAuthHash ?? Buffer.alloc(given.length))
  return isHolder ? certificate : undefined
}
