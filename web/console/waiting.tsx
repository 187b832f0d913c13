/** That something is on its way, in words. */
import { useWords } from '../words/language.tsx'
import type { Words } from '../words/language.tsx'

const WORDS: Words<string> = { en: 'One moment…', fr: 'Un instant…' }

export function Waiting() {
  return (
    <p class="desk-waiting quiet" role="status">
      {useWords(WORDS)}
    </p>
  )
}
