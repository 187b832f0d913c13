/**
 * Sessions of the console: each is an API key under another, shorter name. Never the cookie, only its hash. Times are
 * milliseconds since 1970.
 */

export type StoredSession = {
  /** SHA-256 of the cookie's 32 bytes. */
  readonly tokenHash: Uint8Array
  /** The API key that it stands for. */
  readonly keyId: string
  /** Of the last request, to the minute or coarser. */
  readonly seenAt: number
  /** Whatever happens: its last moment. */
  readonly endsAt: number
}

export type SessionStore = {
  /** Of one key the newest `most` stay, by their end; the others end with it. */
  addSession(session: StoredSession, most: number): Promise<void>
  findSession(tokenHash: Uint8Array): Promise<StoredSession | undefined>
  /** Never goes back in time. */
  touchSession(tokenHash: Uint8Array, at: number): Promise<void>
  /** False where there is none. */
  endSession(tokenHash: Uint8Array): Promise<boolean>
  /** Deletes what ended at or before `now`, or was last seen at or before `idleSince`; answers how many. */
  pruneSessions(now: number, idleSince: number): Promise<number>
}
