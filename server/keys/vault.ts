/**
 * What the master key does: it seals what the store keeps of learners and batches, and makes the tags by which they are
 * found. Its subkeys are HKDF-Expand-SHA-256 of it under a label each, so that one use says nothing of another.
 */

import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { freshBytes } from './fresh.ts'
import { FormatError, hkdfExpand, hmacSha256Text, utf8 } from '../../src/index.ts'

const IV_BYTES = 12
const TAG_BYTES = 16

export type Vault = {
  /** AES-256-GCM with a random IV, which stands first; `place` is bound to it and must be given to open it. */
  seal(plain: Uint8Array, place: string): Uint8Array
  /** Throws `FormatError` `wrong-key` where the bytes, the place or the master key are others. */
  open(sealed: Uint8Array, place: string): Uint8Array
  /** HMAC-SHA-256: equal texts have equal tags, and without the master key a tag says nothing. */
  tag(text: string, kind: string): Uint8Array
}

/** A vault of a 32-byte master key. */
export function vaultOf(masterKey: Uint8Array): Vault {
  const sealing = createSecretKey(subkey(masterKey, 'inaltera/vault/seal/1'))
  const tagging = subkey(masterKey, 'inaltera/vault/tag/1')
  return {
    seal: (plain, place) => {
      const iv = freshBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv)
      cipher.setAAD(utf8(place))
      const body = cipher.update(plain)
      cipher.final()
      return Buffer.concat([iv, body, cipher.getAuthTag()])
    },
    open: (sealed, place) => openSealed(sealing, sealed, place),
    tag: (text, kind) => hmacSha256Text(tagging, `${kind}\u0000${text}`),
  }
}

function openSealed(key: KeyObject, sealed: Uint8Array, place: string): Uint8Array {
  const end = sealed.length - TAG_BYTES
  if (end < IV_BYTES)
    throw new FormatError('sealed-document-damaged', place, 'sealed bytes are cut')
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES))
  cipher.setAAD(utf8(place))
  cipher.setAuthTag(sealed.subarray(end))
  const plain = cipher.update(sealed.subarray(IV_BYTES, end))
  try {
    // GCM leaves nothing for the end.
    cipher.final()
    return plain
  } catch {
    throw new FormatError('wrong-key', place, 'the master key does not open these bytes')
  }
}

function subkey(masterKey: Uint8Array, label: string): Uint8Array {
  return hkdfExpand(masterKey, utf8(label), 32)
}
