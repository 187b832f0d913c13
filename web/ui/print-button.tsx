/** Prints the page as it is laid out for paper. */
import { useWords } from '../words/language.tsx'
import { Icon } from './icons.tsx'
import { PRINT } from './print-button.words.ts'

export function PrintButton() {
  const word = useWords(PRINT)
  return (
    <button
      type="button"
      class="button"
      onClick={() => {
        window.print()
      }}
    >
      <Icon name="print" />
      {word}
    </button>
  )
}
