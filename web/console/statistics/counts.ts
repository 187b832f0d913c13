/** What is counted, and sums of it. */

export const COUNTED = ['issued', 'opened', 'shared', 'shareOpened', 'verified', 'revoked'] as const
export type Counted = (typeof COUNTED)[number]
export type Counts = Readonly<Record<Counted, number>>
export type Day = Counts & { readonly day: string }

export const NONE: Counts = {
  issued: 0,
  opened: 0,
  shared: 0,
  shareOpened: 0,
  verified: 0,
  revoked: 0,
}

export function isNothing(counts: Counts): boolean {
  return COUNTED.every((what) => counts[what] === 0)
}

export function sumOf(all: readonly Counts[]): Counts {
  const sum = { ...NONE }
  for (const one of all) for (const what of COUNTED) sum[what] += one[what]
  return sum
}
