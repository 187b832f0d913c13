/** Sealing and opening certificates with the cipher of Node (DESIGN section 2, SPEC "Sealed document"). */

import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'
import { cidOfDigest, IV_BYTES, openDocument, sealDocument } from '../../src/index.ts'
import type { Aes256Gcm } from '../../src/index.ts'
import type { Block } from './documents.ts'
import { sha256 } from './hash.ts'

const CIPHER = 'aes-256-gcm'
const TAG = { authTagLength: 16 }

/** Node's AES-256-GCM; a key object per call is what makes many small sealings quick (performance.md). */
export const nodeAes256Gcm: Aes256Gcm = {
  encrypt: (key, iv, plaintext, additionalData) => {
    const cipher = createCipheriv(CIPHER, createSecretKey(key), iv, TAG)
    cipher.setAAD(additionalData)
    const ciphertext = cipher.update(plaintext)
    cipher.final()
    return Promise.resolve({ ciphertext, tag: cipher.getAuthTag() })
  },
  decrypt: (key, iv, ciphertext, tag, additionalData) => {
    const decipher = createDecipheriv(CIPHER, createSecretKey(key), iv, TAG)
    decipher.setAAD(additionalData)
    decipher.setAuthTag(tag)
    const plaintext = decipher.update(ciphertext)
    try {
      decipher.final()
    } catch {
      // The one thing that the last step can find: the tag is another.
      return Promise.resolve(undefined)
    }
    return Promise.resolve(plaintext)
  },
}

/** A certificate's bytes as a sealed block, under link secret and server key (none for permanent links). */
export async function sealCertificate(
  bytes: Uint8Array,
  linkSecret: Uint8Array,
  serverKey: Uint8Array | undefined,
): Promise<Block> {
  const iv = randomBytes(IV_BYTES)
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
