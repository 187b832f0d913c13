/**
 * What certificates are found by: every word of the learner's name, whole and without regard to case, accents and width,
 * e-mail address and external id; each as eight bytes of a hash under the master key.
 */

import { canonicalText } from '../../src/index.ts'
import type { Template } from '../../src/index.ts'
import type { Vault } from '../keys/vault.ts'
import { openVersions } from '../keys/vaults.ts'
import { MOST_TAGS } from '../storage/search.ts'
import type { SearchPlace } from '../storage/search.ts'
import type { StoredCertificate } from '../storage/store.ts'
import { comparable } from './learners.ts'
import { parseLearner, places } from './parts.ts'
import type { IssuingParts } from './parts.ts'
import type { Learner } from './types.ts'

/** Room is left for what is no word of a name. */
const MOST_WORDS = MOST_TAGS - 4
const TAG_BYTES = 8

export type SearchParts = Pick<
  IssuingParts,
  'store' | 'issuer' | 'vault' | 'vaultAt' | 'masterVersion'
>
export type SearchPage = { readonly after?: SearchPlace | undefined; readonly limit: number }

/** A certificate, and what its row says of the learner. */
export type FoundCertificate = Pick<StoredCertificate, 'cid' | 'batchId' | 'row' | 'index'> & {
  readonly learner: Learner
}

/**
 * Certificates whose learner has all words of the name, the e-mail address and the external id that are asked for,
 * newest first; erased ones are not found. Nothing asked for finds nothing.
 */
export function findLearners(
  parts: SearchParts,
  query: Learner,
  page: SearchPage,
): Promise<StoredCertificate[]> {
  return searchAll(parts, (vault) => tagsOfLearner(vault, query), page)
}

/** The same with the learners, for whoever asked. */
export async function found(
  parts: SearchParts,
  query: Learner,
  page: SearchPage,
): Promise<FoundCertificate[]> {
  const certificates = await findLearners(parts, query, page)
  const versions = new Map<string, number>()
  for (const { batchId } of certificates) {
    if (versions.has(batchId)) continue
    versions.set(batchId, (await parts.store.findBatch({ id: batchId }))?.masterVersion ?? 1)
  }
  return certificates.flatMap(({ cid, batchId, row, index, sealedLearner }) => {
    // Erased in between.
    if (sealedLearner === undefined) return []
    const vault = parts.vaultAt(versions.get(batchId) ?? 1)
    const bytes = vault.open(sealedLearner, places.learner(batchId, row))
    return [{ cid, batchId, row, index, learner: parseLearner(bytes) }]
  })
}

/**
 * Under what a certificate of this template's achievement is entered that this learner holds, told by e-mail address or
 * external id: for a warning before another is issued.
 */
export function achievementTags(
  vault: Vault,
  { email, externalId }: Learner,
  { achievement }: Template,
): bigint[] {
  const { id } = achievement
  const what = typeof id === 'string' ? id : canonicalText(achievement)
  const tag = (value: string, kind: string): bigint =>
    tagOf(vault, canonicalText([comparable(value), what]), kind)
  return [
    ...(email === undefined ? [] : [tag(email, 'search/email+achievement')]),
    ...(externalId === undefined ? [] : [tag(externalId, 'search/external-id+achievement')]),
  ]
}

/** Each master key makes its own tags; a later one's batches are newer than all before. */
async function searchAll(
  { store, issuer, ...vaults }: SearchParts,
  tagsOf: (vault: Vault) => bigint[],
  { after, limit }: SearchPage,
): Promise<StoredCertificate[]> {
  const reached = after && (await store.findBatch({ id: after.batchId }))
  // Another issuer's batch is answered as one that is not there.
  if (after !== undefined && reached?.issuer !== issuer) return []
  const found: StoredCertificate[] = []
  for (const { version, vault } of openVersions(vaults)) {
    if (found.length >= limit) break
    if (reached !== undefined && version > reached.masterVersion) continue
    const tags = tagsOf(vault)
    if (tags.length === 0) return []
    const behind = version === reached?.masterVersion ? after : undefined
    const rest = limit - found.length
    found.push(...(await store.search(issuer, tags, { after: behind, limit: rest })))
  }
  return found
}

/** What a learner's certificates are entered under, beside the tags of their achievement, and found by. */
export function tagsOfLearner(vault: Vault, { name, email, externalId }: Learner): bigint[] {
  return [
    ...wordsOf(name ?? '').map((word) => tagOf(vault, word, 'search/word')),
    ...(email === undefined ? [] : [tagOfEmail(vault, email)]),
    ...(externalId === undefined
      ? []
      : [tagOf(vault, comparable(externalId), 'search/external-id')]),
  ]
}

/** What is asked for by whoever lost a link. */
export function tagOfEmail(vault: Vault, email: string): bigint {
  return tagOf(vault, comparable(email), 'search/email')
}

/** One for all: a view of its own costs as much as a tag. */
const TAG = new DataView(new ArrayBuffer(TAG_BYTES))

function tagOf(vault: Vault, text: string, kind: string): bigint {
  const hash = vault.tag(text, kind)
  for (let at = 0; at < TAG_BYTES; at += 1) TAG.setUint8(at, hash[at] ?? 0)
  return TAG.getBigInt64(0)
}

/** Letters that Unicode does not take apart, as people type them. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['œ', 'oe'],
  ['æ', 'ae'],
  ['ß', 'ss'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ı', 'i'],
])

const ASCII = /^[\0-~]*$/

/** The distinct words of a name, folded: what stands between letters, marks and digits parts them. */
export function wordsOf(name: string): string[] {
  const plain = comparable(name)
  const folded = ASCII.test(plain)
    ? plain
    : plain
        .normalize('NFKD')
        .replaceAll(/\p{M}/gu, '')
        .replaceAll(/[œæßøłđı]/gu, (letter) => LETTERS.get(letter) ?? letter)
  return [...new Set(folded.split(/[^\p{L}\p{N}]+/u))]
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
}
