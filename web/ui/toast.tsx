/** A short word on what just happened: seen for some seconds, and read aloud. One place in a page shows it. */
import { useEffect, useState } from 'preact/hooks'
import './toast.css'

const SHOWN_MS = 5000
type Listener = (text: string) => void
const listeners = new Set<Listener>()

/** Shows a text in the page's `<Toasts>`, and replaces what stood there. */
export function say(text: string): void {
  for (const listener of listeners) listener(text)
}

export function Toasts() {
  const [text, setText] = useState('')
  useEffect(() => {
    listeners.add(setText)
    return () => {
      listeners.delete(setText)
    }
  }, [])
  useEffect(() => {
    if (text === '') return
    const timer = setTimeout(() => {
      setText('')
    }, SHOWN_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [text])
  return (
    <div class="toasts no-print" role="status" aria-live="polite">
      {text === '' ? null : <p class="toast">{text}</p>}
    </div>
  )
}
