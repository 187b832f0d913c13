/** The cipher of sealed documents, as browsers have it (WebCrypto). */
import { concat } from '../../src/index.ts'
import type { Aes256Gcm } from '../../src/index.ts'

const TAG_BYTES = 16

export const webAes256Gcm: Aes256Gcm = {
  encrypt: async (key, iv, plaintext, additionalData) => {
    const imported = await importKey(key, 'encrypt')
    const sealed = new Uint8Array(
      await crypto.subtle.encrypt(parameters(iv, additionalData), imported, own(plaintext)),
    )
    const end = sealed.length - TAG_BYTES
    return { ciphertext: sealed.subarray(0, end), tag: sealed.subarray(end) }
  },
  decrypt: async (key, iv, ciphertext, tag, additionalData) => {
    const imported = await importKey(key, 'decrypt')
    const sealed = own(concat(ciphertext, tag))
    try {
      const opened = await crypto.subtle.decrypt(parameters(iv, additionalData), imported, sealed)
      return new Uint8Array(opened)
    } catch (error) {
      // The one thing that WebCrypto says of a tag that does not fit.
      if (error instanceof DOMException && error.name === 'OperationError') return undefined
      throw error
    }
  },
}

function importKey(key: Uint8Array, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', own(key), 'AES-GCM', false, [use])
}

function parameters(iv: Uint8Array, additionalData: Uint8Array): AesGcmParams {
  const tagLength = 8 * TAG_BYTES
  return { name: 'AES-GCM', iv: own(iv), additionalData: own(additionalData), tagLength }
}

/** WebCrypto takes no view of memory that another thread may write. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}
