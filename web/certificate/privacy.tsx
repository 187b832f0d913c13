/** Who sees this page: whoever has the link, which is no longer in the address bar. */
import { CopyButton } from '../ui/copy-button.tsx'
import { Icon } from '../ui/icons.tsx'
import { useWords } from '../words/language.tsx'
import { PAGE } from './page.words.ts'

export function Privacy({ link }: { readonly link: string }) {
  const words = useWords(PAGE)
  return (
    <aside class="privacy">
      <Icon name="eye" />
      <div>
        <p>
          <strong>{words.privateTitle}</strong>
        </p>
        <p>{words.private}</p>
        <CopyButton text={link} of={words.link} label={words.copyLink} />
      </div>
    </aside>
  )
}
