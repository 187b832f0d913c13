/** What a reader can do about a state. */
import { Icon } from '../ui/icons.tsx'
import { useWords } from '../words/language.tsx'
import { PAGE } from './page.words.ts'

export function SuccessorLink({ href }: { readonly href: string }) {
  const words = useWords(PAGE)
  return (
    <a class="button primary" href={href}>
      {words.toSuccessor}
      <Icon name="arrow" />
    </a>
  )
}

export function Retry({ onRetry }: { readonly onRetry: () => void }) {
  const words = useWords(PAGE)
  return (
    <button type="button" class="button primary" onClick={onRetry}>
      <Icon name="retry" />
      {words.retry}
    </button>
  )
}
