/** What every page has around it: a way to its content, the name of the place, the switch of language. */
import { render } from 'preact'
import type { ComponentChildren } from 'preact'
import { config } from 'zod'
import { LanguageSwitch, Speaker, useWords } from '../words/language.tsx'
import { FRAME } from './frame.words.ts'
import { Mark } from './mark.tsx'
import { Toasts } from './toast.tsx'

// The pages' security policy refuses generated code: without this, asking for it would be a complaint on every page.
config({ jitless: true })

type FrameProps = {
  readonly children: ComponentChildren
  /** Beside the switch of language. */
  readonly more?: ComponentChildren
  /** A file that stands by itself: there is no home to go to. */
  readonly isAlone?: boolean
}

export function Frame({ children, more, isAlone = false }: FrameProps) {
  const words = useWords(FRAME)
  return (
    <>
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          // What stands in an address behind `#` opens a certificate: it is not replaced.
          event.preventDefault()
          document.getElementById('content')?.focus()
        }}
      >
        {words.skip}
      </a>
      <header class="top-bar no-print">
        {isAlone ? (
          <span class="brand">
            <Mark />
            Inaltera
          </span>
        ) : (
          <a class="brand" href="/">
            <Mark />
            Inaltera
          </a>
        )}
        <div class="row">
          {more}
          <LanguageSwitch />
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Toasts />
    </>
  )
}

/** Draws a page into its document, in the reader's language. */
export function show(page: ComponentChildren): void {
  const place = document.getElementById('page')
  if (place === null) throw new Error('the document has no place for its page')
  render(<Speaker>{page}</Speaker>, place)
}
