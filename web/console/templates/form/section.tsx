/** A part of the form under its own heading. */
import type { ComponentChildren } from 'preact'
import { useWords } from '../../../words/language.tsx'
import { EDITOR } from '../editor.words.ts'
import { FORM } from '../form.words.ts'
import type { SectionName } from '../form.words.ts'
import { headingId } from '../sections.ts'

export function Section({
  name,
  children,
}: {
  readonly name: SectionName
  readonly children: ComponentChildren
}) {
  const { title, text } = useWords(FORM).sections[name]
  return (
    <section class="card desk-section" aria-labelledby={headingId(name)}>
      <header>
        <h2 id={headingId(name)} tabIndex={-1}>
          {title}
        </h2>
        <p class="quiet">{text}</p>
      </header>
      {children}
    </section>
  )
}

/** What few templates need; it opens where the linter or a fault leads into it. */
export function Details({ children }: { readonly children: ComponentChildren }) {
  const words = useWords(EDITOR)
  return (
    <details class="desk-more">
      <summary>{words.more}</summary>
      <div class="desk-grid">{children}</div>
    </details>
  )
}
