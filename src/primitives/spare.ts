/** How many pieces of room are kept: one for each of those that work at a time. */
const MOST_KEPT = 4

/** Makes or gives room for so many bytes, with anything in them. */
export type RoomFor = (length: number) => Uint8Array<ArrayBuffer>

/**
 * Room for bytes that is used again: whoever takes a piece has it alone until giving it back. Many large arrays, each used
 * once, are a burden: their memory is taken and freed outside the heap, and the collector looks for them again and again.
 */
export class SpareRoom {
  readonly #kept: Uint8Array<ArrayBuffer>[] = []

  /** So many bytes, with anything in them. */
  take(length: number): Uint8Array<ArrayBuffer> {
    const kept = this.#kept.pop()
    const room = kept !== undefined && kept.buffer.byteLength >= length ? kept.buffer : undefined
    return new Uint8Array(room ?? new ArrayBuffer(length), 0, length)
  }

  /** What was taken; nobody may use it any more. */
  give(room: Uint8Array<ArrayBuffer>): void {
    if (this.#kept.length < MOST_KEPT) this.#kept.push(room)
  }

  /** Whatever `work` takes is given back when it has ended. */
  async lend<T>(work: (take: RoomFor) => Promise<T>): Promise<T> {
    const taken: Uint8Array<ArrayBuffer>[] = []
    try {
      return await work((length) => {
        const room = this.take(length)
        taken.push(room)
        return room
      })
    } finally {
      for (const room of taken) this.give(room)
    }
  }
}
