/** Where there is nothing yet: what stands here later, and what to do first. */
import type { ComponentChildren } from 'preact'

type EmptyProps = {
  readonly title: string
  readonly children: ComponentChildren
  /** The one thing to do first. */
  readonly action?: ComponentChildren
}

export function Empty({ title, children, action }: EmptyProps) {
  return (
    <section class="desk-empty">
      <svg viewBox="0 0 96 72" width="96" height="72" aria-hidden="true">
        <rect x="18" y="6" width="60" height="60" rx="4" />
        <path d="M30 22h36M30 34h36M30 46h20" />
      </svg>
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </section>
  )
}
