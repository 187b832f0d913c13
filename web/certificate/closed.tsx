/** What a holder reads where there is nothing to judge: erased, replaced, out of reach, damaged. */
import type { Opened } from '../engine/holder.ts'
import { Notice } from '../ui/notice.tsx'
import { fillText } from '../words/fill.tsx'
import { useLanguage, useWords } from '../words/language.tsx'
import { printDay } from '../words/print.ts'
import { CLOSED } from './closed.words.ts'
import type { Successor } from './opening.ts'
import { Retry, SuccessorLink } from './page-actions.tsx'

type ClosedProps = {
  readonly opened: Exclude<Opened, { state: 'open' }>
  readonly successor: Successor | undefined
  readonly onRetry: () => void
}

export function Closed({ opened, successor, onRetry }: ClosedProps) {
  const words = useWords(CLOSED)
  const language = useLanguage()
  const dated = (plain: string, withDate: string, at: string | undefined): string =>
    at === undefined ? plain : fillText(withDate, { date: printDay(at, language) })
  switch (opened.state) {
    case 'erased':
      return (
        <Notice state="erased" title={words.erasedTitle}>
          <p>{dated(words.erased, words.erasedOn, opened.at)}</p>
          <p>{words.erasedMeans}</p>
        </Notice>
      )
    case 'replaced':
      return (
        <Notice
          state="replaced"
          title={words.replacedTitle}
          actions={
            successor?.link === undefined ? undefined : <SuccessorLink href={successor.link} />
          }
        >
          <p>{dated(words.replaced, words.replacedOn, opened.at)}</p>
          <p>{successor?.link === undefined ? words.newLink : words.successor}</p>
        </Notice>
      )
    case 'unreachable':
      return (
        <Notice
          state="undetermined"
          title={opened.code === 'not-found' ? words.notFoundTitle : words.unreachableTitle}
          actions={<Retry onRetry={onRetry} />}
        >
          <p>{opened.code === 'not-found' ? words.notFound : words.unreachable}</p>
        </Notice>
      )
    case 'damaged':
      return (
        <Notice
          state="undetermined"
          title={words.damagedTitle}
          actions={<Retry onRetry={onRetry} />}
        >
          <p>{words.damaged}</p>
        </Notice>
      )
  }
}
