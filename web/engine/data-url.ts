/** Bytes as a `data:` address of a media type. */
export function dataUrlOf(bytes: Uint8Array, type: string): string {
  // What `btoa` takes is a letter for each byte.
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return `data:${type};base64,${btoa(letters)}`
}
