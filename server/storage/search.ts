/**
 * Certificates by what is known of their learner. A tag is eight bytes of a keyed hash (`server/issuance/search.ts` makes
 * them): without the master key it says nothing, and an erasure deletes it.
 */

/** A place in the order of a search: that of the last certificate of the page before. */
export type SearchPlace = { readonly batchId: string; readonly row: number }

export type SearchStore<Certificate> = {
  /**
   * Sealed certificates of an issuer that have all of these tags (1 to `MOST_TAGS`), newest batch first and the last row
   * of a batch first. `after` goes on behind the last one of a page; a batch that is not there gives nothing.
   */
  search(
    issuer: string,
    tags: readonly bigint[],
    page: { readonly after?: SearchPlace | undefined; readonly limit: number },
  ): Promise<Certificate[]>
  /** Those of these tags, each once, that a certificate of this issuer has, in a batch that is drafted or further. */
  tagsInUse(issuer: string, tags: readonly bigint[]): Promise<bigint[]>
}

/** A name of more words than this is looked for by its first ones. */
export const MOST_TAGS = 16
/** Which tag is rarest need not be known beyond this many certificates. */
export const COUNTED = 5000
