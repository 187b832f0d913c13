/** Hands a file that was made here to the browser's downloads; nothing is sent. */

/** Long enough for a browser to have read it. */
const KEPT_MS = 60_000

export function saveFile(name: string, type: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, KEPT_MS)
}
