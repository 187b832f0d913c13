/** How much there is to do, in numbers: for metrics, which ask every few seconds and must not read what they count. */

import type { BatchState } from '../issuance/types.ts'
import type { Trouble } from '../issuance/anchor-port.ts'
import type { MailState } from './outbox.ts'
import type { DeliveryState } from './webhooks.ts'

export type Backlog = {
  readonly batches: Readonly<Record<BatchState | 'open', number>>
  /** When the oldest batch was begun that is not anchored, milliseconds since 1970; undefined where all are. */
  readonly oldestUnfinished: number | undefined
  /** Batches by what keeps them from their anchor; a code that no batch has is absent. */
  readonly troubles: Readonly<Partial<Record<Trouble, number>>>
  /** Letters that nobody took. */
  readonly letters: Readonly<Record<Exclude<MailState, 'accepted'>, number>>
  /** What webhooks were not told. */
  readonly deliveries: Readonly<Record<Exclude<DeliveryState, 'delivered'>, number>>
}

export type BacklogStore = { backlog(): Promise<Backlog> }

/** Counts by code, in the order of `codes`; a code that was not counted is 0. */
export function countsOf<Code extends string>(
  codes: readonly Code[],
  counted: readonly (readonly [code: string, count: number])[],
): Record<Code, number> {
  const found = new Map(counted)
  const entries = codes.map((code) => [code, found.get(code) ?? 0] as const)
  return Object.fromEntries(entries) as Record<Code, number>
}
