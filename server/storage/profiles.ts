/** What issuers say of themselves, for pages and for whoever asks: public, all of it. */

export type Logo = {
  readonly type: 'image/png' | 'image/svg+xml'
  readonly bytes: Uint8Array
}

export type StoredProfile = {
  /** Address. */
  readonly issuer: string
  /** `profile/1` (SPEC section 11): the bytes whose SHA-256 the issuer may hold on chain. */
  readonly record: Uint8Array
  readonly logo: Logo | undefined
  /** The number of its page on LinkedIn. No part of the record: nothing that is verified rests on it. */
  readonly linkedIn: string | undefined
  /** Milliseconds since 1970. */
  readonly updatedAt: number
}

export type ProfileStore = {
  findProfile(issuer: string): Promise<StoredProfile | undefined>
  /**
   * Puts what `make` makes of the one that stands in its place; nobody else's change comes between. `make` is pure. What it
   * throws leaves everything as it was.
   */
  changeProfile(
    issuer: string,
    make: (standing: StoredProfile | undefined) => StoredProfile,
  ): Promise<StoredProfile>
}
