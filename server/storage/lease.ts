/** The right to work on something until a moment; a worker that lost it changes nothing any more. */
export type Lease = { readonly owner: string; readonly now: number; readonly until: number }
