import { useWords } from '../../words/language.tsx'
import { StatusBadge } from '../status-badge.tsx'
import type { Batch } from './shapes.ts'
import { REVOKED_WORD, STATE_TONES, STATE_WORDS, TROUBLE_WORDS } from './states.words.ts'
import type { Standing } from './use-batch.ts'

type BatchBadgeProps = {
  readonly batch: Batch
  /** Where it is known. */
  readonly standing?: Standing | undefined
}

/** The state of a batch; where something holds it up, that. */
export function BatchBadge({ batch, standing }: BatchBadgeProps) {
  const states = useWords(STATE_WORDS)
  const trouble = useWords(TROUBLE_WORDS)
  const revoked = useWords(REVOKED_WORD)
  if (standing === 'revoked') return <StatusBadge tone="stopped">{revoked}</StatusBadge>
  if (batch.trouble !== null) return <StatusBadge tone="stopped">{trouble.held}</StatusBadge>
  return <StatusBadge tone={STATE_TONES[batch.state]}>{states[batch.state]}</StatusBadge>
}
