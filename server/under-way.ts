/** Work that closing waits for, so that it can give its lease back while there is a store. */
export type UnderWay = {
  track<T>(work: Promise<T>): Promise<T>
  /** Resolves when all of it has ended, well or not. */
  ended(): Promise<void>
}

export function underWay(): UnderWay {
  const all = new Set<Promise<unknown>>()
  return {
    track: async (work) => {
      all.add(work)
      try {
        return await work
      } finally {
        all.delete(work)
      }
    },
    ended: async () => {
      await Promise.allSettled(all)
    },
  }
}
