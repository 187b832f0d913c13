/** The state of a thing in one or two words, with a shape of its own for each tone, so that it reads in grey. */
import type { ComponentChildren } from 'preact'

/** `done`: as it should be; `moving`: on its way; `waiting`: for somebody; `stopped`: ended or failed; `quiet`: neither. */
export type Tone = 'done' | 'moving' | 'waiting' | 'stopped' | 'quiet'

const SHAPES: Readonly<Record<Tone, string>> = {
  done: 'm3 8.5 3.2 3.2L13 5',
  moving: 'M3 8h9m-3.5-3.5L12 8l-3.5 3.5',
  waiting: 'M8 3.5V8l3 2M8 1.7a6.3 6.3 0 1 0 0 12.6A6.3 6.3 0 0 0 8 1.7',
  stopped: 'm4 4 8 8m0-8-8 8',
  quiet: 'M3.5 8h9',
}

export function StatusBadge({
  tone,
  children,
}: {
  readonly tone: Tone
  readonly children: ComponentChildren
}) {
  return (
    <span class={`desk-badge ${tone}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={SHAPES[tone]} />
      </svg>
      {children}
    </span>
  )
}
