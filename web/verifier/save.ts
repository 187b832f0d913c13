/** Hands bytes to the reader as a file. They leave the page by no other way. */
export function saveFile(name: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has begun by then.
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 60_000)
}
