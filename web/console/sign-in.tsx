/** The way in: an API key, exchanged for the session. It is kept in no storage, and forgotten once it was sent. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { LanguageSwitch, useWords } from '../words/language.tsx'
import { Mark } from '../ui/mark.tsx'
import { Field } from './field.tsx'
import { useAct } from './load.ts'
import { ProblemNote } from './problem-note.tsx'
import { exchangeKey } from './session-api.ts'
import type { Session } from './session-api.ts'
import { SIGN_IN } from './sign-in.words.ts'

type SignInProps = {
  readonly enter: (session: Session) => void
  readonly children?: ComponentChildren
}

/** The whole page. */
export function SignIn({ enter, children }: SignInProps) {
  const words = useWords(SIGN_IN)
  useEffect(() => {
    document.title = `${words.title} · Inaltera`
  }, [words])
  return (
    <div class="desk-door">
      <header class="desk-door-top">
        <a class="desk-brand" href="/">
          <Mark />
          <span>Inaltera</span>
        </a>
        <LanguageSwitch />
      </header>
      <main id="content" tabIndex={-1} class="desk-door-card card">
        <h1>{words.title}</h1>
        <p class="quiet">{words.lead}</p>
        {children}
        <KeyForm enter={enter} />
        <details class="desk-fold desk-door-help">
          <summary>{words.help}</summary>
          <p>{words.helpText}</p>
          <p class="mono">inaltera key create --label console</p>
        </details>
      </main>
    </div>
  )
}

type Kind = { readonly type: 'text' } | { readonly type: 'password' }

export function KeyForm({ enter, children }: SignInProps) {
  const words = useWords(SIGN_IN)
  const [key, setKey] = useState('')
  const [isShown, setShown] = useState(false)
  const kind: Kind = isShown ? { type: 'text' } : { type: 'password' }
  const field = useRef<HTMLInputElement>(null)
  const { isBusy, problem, act } = useAct(async () => {
    const session = await exchangeKey(key.trim())
    setKey('')
    enter(session)
  })
  useEffect(() => {
    if (problem !== undefined) field.current?.select()
  }, [problem])
  const submit = (event: Event): void => {
    event.preventDefault()
    if (key.trim() === '') field.current?.focus()
    else void act()
  }
  return (
    <form class="desk-stack" onSubmit={submit}>
      <Field label={words.key}>
        {(control) => (
          <div class="desk-secret">
            <input
              {...control}
              ref={field}
              {...kind}
              value={key}
              maxLength={200}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              onInput={({ currentTarget }) => {
                setKey(currentTarget.value)
              }}
            />
            <button
              type="button"
              class="button plain"
              aria-pressed={isShown}
              onClick={() => {
                setShown(!isShown)
              }}
            >
              {isShown ? words.hide : words.reveal}
            </button>
          </div>
        )}
      </Field>
      {problem && <ProblemNote problem={problem} />}
      <div class="desk-actions">
        {children}
        <button type="submit" class="button primary" disabled={isBusy}>
          {isBusy ? words.busy : words.enter}
        </button>
      </div>
    </form>
  )
}
