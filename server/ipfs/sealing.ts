/** Sealing and opening certificates with the cipher of Node (DESIGN section 2, SPEC "Sealed document"). */

import { nodeAes256Gcm } from '../../node/cipher.ts'
import { cidOfDigest, IV_BYTES, openDocument, sealDocument, sha256 } from '../../src/index.ts'
import type { RoomFor } from '../../src/index.ts'
import { freshBytes } from '../keys/fresh.ts'
import type { Block } from './documents.ts'

/** A sealed document, and the SHA-256 that its name is made of. */
export type SealedBlock = Block & { readonly digest: Uint8Array }

/**
 * A certificate's bytes as a sealed block, under link secret and server key (none for permanent links).
 * @param roomFor where the block is written: so many bytes
 */
export async function sealCertificate(
  bytes: Uint8Array,
  linkSecret: Uint8Array,
  serverKey: Uint8Array | undefined,
  roomFor?: RoomFor,
): Promise<SealedBlock> {
  const iv = freshBytes(IV_BYTES)
  const keys = { linkSecret, serverKey }
  const block = await sealDocument(bytes, keys, iv, nodeAes256Gcm, roomFor)
  const digest = sha256(block)
  return { cid: cidOfDigest('raw', digest), digest, bytes: block }
}

/** The bytes that were sealed. Throws `FormatError` `wrong-key` or `sealed-document-damaged`. */
export async function openCertificate(
  block: Uint8Array,
  linkSecret: Uint8Array,
  serverKey: Uint8Array | undefined,
): Promise<Uint8Array> {
  return openDocument(block, { linkSecret, serverKey }, nodeAes256Gcm)
}
