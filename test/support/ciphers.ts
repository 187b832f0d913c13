/** The two engines that seal documents: Node's own, and WebCrypto as browsers have it. */
import { webcrypto } from 'node:crypto'
import { nodeAes256Gcm } from '../../node/cipher.ts'
import type { Aes256Gcm } from '../../src/ipfs/seal.ts'

const TAG_BYTES = 16

const webAes256Gcm: Aes256Gcm = {
  encrypt: async (key, iv, plaintext, additionalData) => {
    const imported = await webcrypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
    const how = { name: 'AES-GCM', iv, additionalData }
    const sealed = new Uint8Array(await webcrypto.subtle.encrypt(how, imported, plaintext))
    const end = sealed.length - TAG_BYTES
    return { ciphertext: sealed.subarray(0, end), tag: sealed.subarray(end) }
  },
  decrypt: async (key, iv, ciphertext, tag, additionalData) => {
    const imported = await webcrypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt'])
    const how = { name: 'AES-GCM', iv, additionalData }
    try {
      const sealed = Buffer.concat([ciphertext, tag])
      return new Uint8Array(await webcrypto.subtle.decrypt(how, imported, sealed))
    } catch (error) {
      if (error instanceof DOMException && error.name === 'OperationError') return undefined
      throw error
    }
  },
}

export const CIPHERS: Readonly<Record<string, Aes256Gcm>> = {
  node: nodeAes256Gcm,
  web: webAes256Gcm,
}
