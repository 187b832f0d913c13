/** Sealing and opening certificates with the cipher of Node (DESIGN section 2, SPEC "Sealed document"). */

import { nodeAes256Gcm } from '../../node/cipher.ts'
import { cidOfDigest, IV_BYTES, openDocument, sealDocument } from '../../src/index.ts'
import { freshBytes } from '../keys/fresh.ts'
import type { Block } from './documents.ts'
import { sha256 } from './hash.ts'

/** A certificate's bytes as a sealed block, under link secret and server key (none for permanent links). */
export async function sealCertificate(
  bytes: Uint8Array,
  linkSecret: Uint8Array,
  serverKey: Uint8Array | undefined,
): Promise<Block> {
  const iv = freshBytes(IV_BYTES)
  const block = await sealDocument(bytes, { linkSecret, serverKey }, iv, nodeAes256Gcm)
  return { cid: cidOfDigest('raw', sha256(block)), bytes: block }
}

/** The bytes that were sealed. Throws `FormatError` `wrong-key` or `sealed-document-damaged`. */
export async function openCertificate(
  block: Uint8Array,
  linkSecret: Uint8Array,
  serverKey: Uint8Array | undefined,
): Promise<Uint8Array> {
  return openDocument(block, { linkSecret, serverKey }, nodeAes256Gcm)
}
