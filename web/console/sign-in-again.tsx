/** The way back in, over the place as it is. Nothing but a key or the decision to leave takes it away. */
import { useEffect, useId, useRef } from 'preact/hooks'
import { useWords } from '../words/language.tsx'
import '../ui/dialog.css'
import { Told } from '../ui/text.tsx'
import { KeyForm } from './sign-in.tsx'
import { SIGN_IN } from './sign-in.words.ts'
import type { Session } from './session-api.ts'

type AgainProps = {
  readonly issuer: Session['issuer']
  readonly enter: (session: Session) => void
  /** To the whole page: what was entered is given up. */
  readonly leave: () => void
}

export function SignInAgain({ issuer, enter, leave }: AgainProps) {
  const words = useWords(SIGN_IN)
  const name = useId()
  const box = useModal()
  return (
    <dialog
      ref={box}
      class="dialog"
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault()
      }}
    >
      <div class="dialog-box">
        <header class="dialog-head">
          <h2 id={name}>{words.again}</h2>
        </header>
        <div class="dialog-content desk-stack">
          <p>
            {words.againText}{' '}
            <strong>
              <Told>{issuer.name ?? issuer.account}</Told>
            </strong>
          </p>
          <KeyForm enter={enter}>
            <button type="button" class="button" onClick={leave}>
              {words.leave}
            </button>
          </KeyForm>
        </div>
      </div>
    </dialog>
  )
}

/** A browser closes a dialog at the second Escape, whatever the page says: then it opens again. */
function useModal(): { readonly current: HTMLDialogElement | null } {
  const box = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = box.current
    if (dialog === null) return
    const stay = (): void => {
      dialog.showModal()
    }
    // Where a browser knows it, Escape does nothing.
    dialog.setAttribute('closedby', 'none')
    dialog.addEventListener('close', stay)
    dialog.showModal()
    return () => {
      dialog.removeEventListener('close', stay)
      dialog.close()
    }
  }, [])
  return box
}
