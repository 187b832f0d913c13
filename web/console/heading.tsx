/** The head of a screen: its name, where it stands, and its one main action. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

type HeadingProps = {
  /** Also the title of the window; nothing of a learner. */
  readonly title: string
  /** Under the title, one line. */
  readonly children?: ComponentChildren
  /** Back to where it is one of: a link. */
  readonly back?: { readonly href: string; readonly label: string }
  /** At most one of them is primary. */
  readonly actions?: ComponentChildren
  /** Stays in sight over a long form. */
  readonly isSticky?: boolean
}

let hasShown = false

/** Takes the focus when one comes to it from elsewhere, so that a screen reader says where one is. */
export function Heading({ title, children, back, actions, isSticky = false }: HeadingProps) {
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (hasShown) ref.current?.focus({ preventScroll: true })
    hasShown = true
    scrollTo({ top: 0 })
  }, [])
  useEffect(() => {
    document.title = `${title} · Inaltera`
  }, [title])
  return (
    <header class={isSticky ? 'desk-heading sticky' : 'desk-heading'}>
      <div class="desk-heading-words">
        {back && (
          <a class="desk-back" href={back.href}>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
              <path d="m10 3-5 5 5 5" />
            </svg>
            {back.label}
          </a>
        )}
        <h1 ref={ref} tabIndex={-1}>
          {title}
        </h1>
        {children && <p class="quiet">{children}</p>}
      </div>
      {actions && <div class="desk-actions">{actions}</div>}
    </header>
  )
}

/** Above a table: a search that works as one types, filters, and what applies to what is chosen. */
export function Toolbar({ children }: { readonly children: ComponentChildren }) {
  return <div class="desk-toolbar">{children}</div>
}
