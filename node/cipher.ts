/** The cipher of sealed documents, as Node has it (DESIGN section 2, SPEC "Sealed document"). */

import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto'
import type { Aes256Gcm } from '../src/index.ts'

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
