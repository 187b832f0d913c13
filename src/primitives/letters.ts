/** Letters as bytes, for readers of hex and base64url. */

const ENCODER = new TextEncoder()
/** The value of what is no letter: more bits than any letter has. */
export const NONE = 255

/** What each letter stands for, by its byte; `NONE` for the others. */
export function valuesOf(letters: string): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => {
    const value = letters.indexOf(String.fromCharCode(code))
    return value < 0 ? NONE : value
  })
}

/** Where a text's bytes are looked at: quicker than its characters, which may lie in a longer text. */
let letterBytes = new Uint8Array(256)

/** A text as UTF-8, until the next one is asked for; of a text of letters, as many bytes as there are letters. */
export function lettersOf(text: string): Uint8Array {
  if (letterBytes.length < 3 * text.length) letterBytes = new Uint8Array(6 * text.length)
  const { written } = ENCODER.encodeInto(text, letterBytes)
  return letterBytes.subarray(0, written)
}
