/** A page about one certificate: the seal, the sheet, and what else there is to read, each in its place at any width. */
import type { ComponentChildren } from 'preact'
import './judged-page.css'

type JudgedPageProps = {
  readonly seal: ComponentChildren
  /** Undefined where there is nothing to draw. */
  readonly sheet: ComponentChildren
  /** On a screen alone. */
  readonly rest?: ComponentChildren
}

export function JudgedPage({ seal, sheet, rest }: JudgedPageProps) {
  return (
    <div class="judged-page">
      <div class="seal-area">{seal}</div>
      {sheet === undefined ? null : <div class="sheet-area">{sheet}</div>}
      {rest === undefined ? null : <div class="rest-area no-print">{rest}</div>}
    </div>
  )
}

/** Where a sheet will be. */
export function NoSheetYet() {
  return <div class="sheet sheet-empty" aria-hidden="true" />
}

/** What a reader can do about a state; drawn within its seal. */
export function SealMore({ children }: { readonly children: ComponentChildren }) {
  return <div class="seal-more no-print">{children}</div>
}
