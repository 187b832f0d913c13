/** What stands around every place of the console: the way to the five of them, whose console it is, and on which network. */
import type { ComponentChildren } from 'preact'
import { LanguageSwitch, useWords } from '../words/language.tsx'
import { Mark } from '../ui/mark.tsx'
import { Toasts } from '../ui/toast.tsx'
import { Told } from '../ui/text.tsx'
import { FRAME } from './frame.words.ts'
import { PlaceIcon } from './icons.tsx'
import { useAct } from './load.ts'
import { NetworkBand } from './network-band.tsx'
import { hrefOf, PLACES } from './place.ts'
import type { PlaceName } from './place.ts'
import { ProblemNote } from './problem-note.tsx'
import { useSession } from './session.tsx'

type ConsoleFrameProps = { readonly current: PlaceName; readonly children: ComponentChildren }

export function ConsoleFrame({ current, children }: ConsoleFrameProps) {
  const words = useWords(FRAME)
  return (
    <div class="desk">
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          // The address names the place, and nothing else.
          event.preventDefault()
          document.getElementById('content')?.focus()
        }}
      >
        {words.skip}
      </a>
      <header class="desk-top">
        <a class="desk-brand" href="/console">
          <Mark />
          <span>Inaltera</span>
        </a>
        <Account />
      </header>
      <nav class="desk-rail" aria-label={words.places}>
        <ul role="list">
          {PLACES.map((name) => (
            <li key={name}>
              <a
                class="desk-place"
                href={hrefOf(name)}
                aria-current={name === current ? 'page' : undefined}
              >
                <PlaceIcon name={name} />
                <span>{words.names[name]}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="desk-main">
        <NetworkBand />
        <main id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
      <Toasts />
    </div>
  )
}

/** Whose console it is, with which key, and the way out. */
function Account() {
  const words = useWords(FRAME)
  const { session, signOut } = useSession()
  const leaving = useAct(signOut)
  const name = session.issuer.name ?? session.issuer.account
  return (
    <div class="desk-account">
      <p class="desk-issuer">
        <strong>
          <Told>{name}</Told>
        </strong>
        <span class="quiet">
          {words.key} <Told>{session.key.label}</Told>
        </span>
      </p>
      <div class="desk-account-actions">
        <LanguageSwitch />
        <button
          type="button"
          class="button plain"
          disabled={leaving.isBusy}
          onClick={() => void leaving.act()}
        >
          {words.signOut}
        </button>
      </div>
      {leaving.problem && <ProblemNote problem={leaving.problem} />}
    </div>
  )
}
