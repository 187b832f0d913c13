/** Copies a text; says so where it stands, and to who listens. */
import { useEffect, useState } from 'preact/hooks'
import { useLanguage, useWords } from '../words/language.tsx'
import { printPair } from '../words/print.ts'
import { COPY } from './copy-button.words.ts'
import { Icon } from './icons.tsx'
import { say } from './toast.tsx'

type CopyButtonProps = {
  readonly text: string
  /** What is copied, for who hears the button's name: `Hash of the block`. */
  readonly of: string
  /** Stands beside the picture; without it, the picture stands alone. */
  readonly label?: string
  /** The word for copying stands beside the picture, where no label does. */
  readonly isWide?: boolean
}

const SHOWN_MS = 2000

export function CopyButton({ text, of, label: given, isWide = false }: CopyButtonProps) {
  const words = useWords(COPY)
  const language = useLanguage()
  const label = given ?? (isWide ? words.copy : undefined)
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => {
      setCopied(false)
    }, SHOWN_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [isCopied])
  const copy = async (): Promise<void> => {
    const isDone = await copied(text)
    setCopied(isDone)
    say(isDone ? words.copied : words.failed)
  }
  return (
    <button
      type="button"
      class={`button copy-button ${label === undefined ? 'plain icon-button' : ''}`}
      aria-label={label === undefined ? printPair(words.copy, of, language) : undefined}
      onClick={copy}
    >
      <Icon name={isCopied ? 'check' : 'copy'} />
      {label === undefined ? null : isCopied ? words.copied : label}
    </button>
  )
}

/** Browsers refuse where the page has no focus or is no secure context. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
