import { webcrypto } from 'node:crypto'
import type { Aes256Gcm } from '../src/index.ts'

/** Opens sealed documents with the cipher of the runtime. */
export const cipher: Pick<Aes256Gcm, 'decrypt'> = {
  decrypt: async (key, iv, ciphertext, tag, additionalData) => {
    const secret = await webcrypto.subtle.importKey('raw', bytes(key), 'AES-GCM', false, [
      'decrypt',
    ])
    const sealed = Buffer.concat([ciphertext, tag])
    const how = { name: 'AES-GCM', iv: bytes(iv), additionalData: bytes(additionalData) }
    try {
      return new Uint8Array(await webcrypto.subtle.decrypt(how, secret, sealed))
    } catch (error) {
      // How Web Cryptography says that the tag does not fit.
      if (error instanceof Error && error.name === 'OperationError') return undefined
      throw error
    }
  },
}

/** A copy with a buffer of its own, as Web Cryptography wants it. */
function bytes(view: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(view)
}
