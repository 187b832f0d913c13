/** How far a batch is: asked for, approved where that is needed, sealed, stored, sent, in a block, final. */
import type { Batch } from './shapes.ts'

export const STAGES = ['asked', 'approval', 'sealed', 'stored', 'sent', 'block', 'final'] as const
export type StageName = (typeof STAGES)[number]

export type Stage = {
  readonly name: StageName
  readonly state: 'done' | 'now' | 'later' | 'stopped'
  /** RFC 3339; undefined where it has none yet, or none was kept. */
  readonly at: string | undefined
  /** Of the stage that is being done, where it counts. */
  readonly progress: { readonly done: number; readonly total: number } | undefined
}

/** How many stages from `sealed` on a batch in this state has behind it. */
const BEHIND = {
  'awaiting-approval': -1,
  rejected: -1,
  drafted: 0,
  sealed: 1,
  stored: 2,
  submitted: 3,
  anchored: 5,
} as const

const ISSUING = ['sealed', 'stored', 'sent', 'block', 'final'] as const

export function stagesOf(batch: Batch): Stage[] {
  const { state, times, createdAt, approvedBy, anchoredAt, progress } = batch
  // The record stands in a block before the state says so.
  const isInBlock = state === 'submitted' && progress?.step === 'final'
  const behind = BEHIND[state] + (isInBlock ? 1 : 0)
  const at = {
    sealed: times.sealed,
    stored: times.stored,
    sent: times.sent,
    block: anchoredAt,
    final: times.final,
  }
  const asked: Stage = { name: 'asked', state: 'done', at: createdAt, progress: undefined }
  const approval = approvalOf(batch, approvedBy !== null)
  const issuing = ISSUING.map((name, i): Stage => {
    const isNow = i === behind
    const isDone = i < behind
    return {
      name,
      state: isDone ? 'done' : isNow ? 'now' : 'later',
      at: (isDone ? at[name] : null) ?? undefined,
      progress: isNow && progress !== null && progress.total > 1 ? progress : undefined,
    }
  })
  if (approval === undefined) return [asked, ...issuing]
  return state === 'rejected' ? [asked, approval] : [asked, approval, ...issuing]
}

function approvalOf({ state, times }: Batch, isApproved: boolean): Stage | undefined {
  const stage = { name: 'approval', progress: undefined } as const
  if (state === 'awaiting-approval') return { ...stage, state: 'now', at: undefined }
  if (state === 'rejected') return { ...stage, state: 'stopped', at: times.rejected ?? undefined }
  return isApproved ? { ...stage, state: 'done', at: undefined } : undefined
}
