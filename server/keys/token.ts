/** Tokens of 32 bytes as they are sent: base64url, in one spelling. */

import { FormatError, parseBase64url } from '../../src/index.ts'

export const TOKEN_BYTES = 32

/** Undefined for any other text. */
export function parseToken(text: string): Uint8Array | undefined {
  if (text.length > 100) return undefined
  try {
    const token = parseBase64url(text, 'token')
    return token.length === TOKEN_BYTES ? token : undefined
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
