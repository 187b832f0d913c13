/** A secret that is shown once: to be copied, and then gone. */
import type { ComponentChildren } from 'preact'
import { useWords } from '../../words/language.tsx'
import type { Words } from '../../words/language.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'

const DONE: Words<string> = { en: 'It is kept safe', fr: 'C’est mis en lieu sûr' }

type SecretProps = {
  readonly text: string
  /** What it is, for who hears the button's name. */
  readonly of: string
  readonly children: ComponentChildren
  readonly close: () => void
}

export function Secret({ text, of, children, close }: SecretProps) {
  const done = useWords(DONE)
  return (
    <div class="desk-stack">
      <p>{children}</p>
      <p class="mono desk-shown-secret" data-secret>
        {text}
      </p>
      <div class="desk-actions">
        <CopyButton text={text} of={of} />
        <button type="button" class="button primary" onClick={close}>
          {done}
        </button>
      </div>
    </div>
  )
}
