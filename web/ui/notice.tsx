/** A page without a sheet: a state, what it means, and what can be done. */
import type { ComponentChildren } from 'preact'
import './notice.css'
import { SealShape } from './seal-shape.tsx'
import type { SealState } from './states.ts'

type NoticeProps = {
  readonly state: SealState
  readonly title: string
  readonly children: ComponentChildren
  readonly actions?: ComponentChildren
}

export function Notice({ state, title, children, actions }: NoticeProps) {
  return (
    <section class={`page-notice seal seal-${state}`} aria-live="polite">
      <SealShape state={state} size={80} />
      <h1>{title}</h1>
      <div class="notice-words">{children}</div>
      {actions === undefined ? null : <div class="row notice-actions">{actions}</div>}
    </section>
  )
}
