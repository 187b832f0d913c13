/** The next page of a list that the API gives in pages: what was read stays, and more is put under it. */
import { useLanguage, useWords } from '../words/language.tsx'
import type { Words } from '../words/language.tsx'
import { printNumber } from '../words/print.ts'

type PagerWords = {
  readonly shown: (count: string) => string
  readonly more: string
  readonly busy: string
}

const WORDS: Words<PagerWords> = {
  en: { shown: (count) => `${count} shown`, more: 'Show more', busy: 'One moment…' },
  fr: {
    shown: (count) => `Affichés : ${count}`,
    more: 'Afficher la suite',
    busy: 'Un instant…',
  },
}

type PagerProps = {
  readonly shown: number
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly more: () => void
}

export function Pager({ shown, hasMore, isLoading, more }: PagerProps) {
  const words = useWords(WORDS)
  const language = useLanguage()
  return (
    <div class="desk-pager">
      <p class="quiet" role="status">
        {isLoading ? words.busy : words.shown(printNumber(shown, language))}
      </p>
      {hasMore && (
        <button type="button" class="button" disabled={isLoading} onClick={more}>
          {words.more}
        </button>
      )}
    </div>
  )
}
