/** How a certificate stands, as a badge: what is under way comes before what the register says. */
import { useWords } from '../../words/language.tsx'
import { StatusBadge } from '../status-badge.tsx'
import type { Tone } from '../status-badge.tsx'
import type { CertificateState, OperationKind } from './answers.ts'
import { STATES } from './states.words.ts'

export type Shown = CertificateState | 'erased' | 'replaced'

const TONES: Readonly<Record<Shown, Tone>> = {
  'not-anchored': 'moving',
  standing: 'done',
  suspended: 'waiting',
  revoked: 'stopped',
  'batch-revoked': 'stopped',
  unknown: 'quiet',
  erased: 'quiet',
  replaced: 'quiet',
}

type StandingBadgeProps = {
  /** Undefined while it is read. */
  readonly state: Shown | undefined
  readonly queued?: OperationKind | null | undefined
}

export function StandingBadge({ state, queued }: StandingBadgeProps) {
  const words = useWords(STATES)
  if (queued !== undefined && queued !== null) {
    return <StatusBadge tone="moving">{words.queued[queued]}</StatusBadge>
  }
  if (state === undefined) return <span class="quiet">{words.reading}</span>
  return <StatusBadge tone={TONES[state]}>{words.states[state]}</StatusBadge>
}

/** What counts of all that is known. */
export function shownState(
  state: CertificateState,
  { isErased, isReplaced }: { readonly isErased: boolean; readonly isReplaced: boolean },
): Shown {
  if (isErased) return 'erased'
  return isReplaced ? 'replaced' : state
}
