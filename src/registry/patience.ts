/** How long the slow are waited for, so that one provider that hangs costs a moment and never the whole time. */
export interface Patience {
  /** Nothing is waited for any longer. */
  readonly deadline: Promise<void>
  /** Half of the whole time from now, and no later than the deadline: for what can be had in another way too. */
  readonly half: () => Promise<void>
  /** A moment for those behind, once enough have answered. */
  readonly grace: () => Promise<void>
}

export type Settled<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }

/** What each work came to, by position; `undefined` for those that were still under way. */
export type Collected<T> = readonly (Settled<T> | undefined)[]

/** A promise that never rejects: work that nobody waits for any more does no harm when it fails. */
export function settle<T>(work: Promise<T>): Promise<Settled<T>> {
  return work.then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, error }),
  )
}

/**
 * Waits until every work has settled, or a grace after enough of them have, or until `limit`.
 * @param isEnough asked after each that settles, until it says so once
 */
export function collect<T>(
  works: readonly Promise<Settled<T>>[],
  isEnough: (got: Collected<T>) => boolean,
  { grace }: Patience,
  limit: Promise<void>,
): Promise<Collected<T>> {
  const got: (Settled<T> | undefined)[] = works.map(() => undefined)
  return new Promise((resolve) => {
    let open = works.length
    let enough = false
    const end = (): void => {
      resolve([...got])
    }
    const arrive = (at: number, settled: Settled<T>): void => {
      got[at] = settled
      open -= 1
      if (open === 0) end()
      else if (!enough && isEnough(got)) {
        enough = true
        void grace().then(end)
      }
    }
    works.forEach(
      (work, at) =>
        void work.then((settled) => {
          arrive(at, settled)
        }),
    )
    void limit.then(end)
    if (open === 0) end()
  })
}
