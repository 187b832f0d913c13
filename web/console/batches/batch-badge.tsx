import { useWords } from '../../words/language.tsx'
import { StatusBadge } from '../status-badge.tsx'
import type { Batch } from './shapes.ts'
import { STATE_TONES, STATE_WORDS, TROUBLE_WORDS } from './states.words.ts'

/** The state of a batch; where something holds it up, that. */
export function BatchBadge({ batch }: { readonly batch: Batch }) {
  const states = useWords(STATE_WORDS)
  const trouble = useWords(TROUBLE_WORDS)
  if (batch.trouble !== null) return <StatusBadge tone="stopped">{trouble.held}</StatusBadge>
  return <StatusBadge tone={STATE_TONES[batch.state]}>{states[batch.state]}</StatusBadge>
}
