/**
 * Requests with an idempotency key, kept for a day so that one sent again is answered as the first time. Key and digest
 * are keyed tags that say nothing without the master key; a reply holds ids only.
 */

export type RequestName = { readonly issuer: string; readonly key: Uint8Array }

export type RequestReply = {
  readonly digest: Uint8Array
  /** Of the first answer. */
  readonly status: number
  /** Its JSON. */
  readonly reply: string
}

export type Begun =
  | { readonly kind: 'new' }
  | { readonly kind: 'running' }
  | ({ readonly kind: 'done' } & RequestReply)

export type RequestStore = {
  /**
   * Takes the key of a request that is new, that nobody works on at `now`, or that is older than its `keepUntil`.
   * `owner` is whoever takes it, until `until`.
   */
  beginRequest(
    request: RequestName & {
      readonly owner: string
      readonly now: number
      readonly until: number
      readonly keepUntil: number
    },
  ): Promise<Begun>
  /** False where another took the request over. */
  finishRequest(request: RequestName & RequestReply & { readonly owner: string }): Promise<boolean>
  /** It came to nothing: the key is free again. */
  dropRequest(request: RequestName & { readonly owner: string }): Promise<void>
  /** Deletes what is older than its day; answers how many. */
  pruneRequests(now: number): Promise<number>
}
